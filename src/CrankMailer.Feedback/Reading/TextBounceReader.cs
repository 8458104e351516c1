using System.Text.RegularExpressions;

namespace CrankMailer.Feedback.Reading;

/// <summary>
/// Bounces in words: qmail, Exim, sendmail, Exchange, gateways, mobile carriers. Who is meant is told by the place of an address (alone on a line, behind
/// a label, in a transcript), what is meant by the words beside it.
/// </summary>
internal static partial class TextBounceReader
{
    private const int MostWords = 1500;

    public static IReadOnlyList<Report> Read(Notice notice)
    {
        if (!LooksLikeBounce(notice)) return [];
        var places = notice.Places;
        var failed = notice.Headers.FindAll("X-Failed-Recipients").SelectMany(MailAddresses.FindAll).Distinct(StringComparer.OrdinalIgnoreCase).Take(ReadingLimits.Reports).ToList();
        var named = failed.Count > 0 ? failed : [.. places.Select(place => place.Address).Distinct(StringComparer.OrdinalIgnoreCase).Take(ReadingLimits.Reports)];
        if (named.Count == 0 && notice.Copies.SelectMany(copy => copy.FindAll("To")).Select(MailAddresses.Find).FirstOrDefault(found => found is not null) is { } copied) named = [copied];
        var action = Delay().IsMatch($"{notice.Message.Subject}\n{notice.Words}") ? ReportAction.Delayed : ReportAction.Failed;
        if (named.Count == 0) return [Diagnosis.Judge(null, action, null, Short(notice.Words), notice.Transcript)];
        return [.. named.Select(address => Diagnosis.Judge(address, action, null, FindWords(notice, address) ?? Short(notice.Words), notice.Transcript))];
    }

    /// <summary>What the notice says about one recipient; null where it does not name it.</summary>
    public static string? FindWords(Notice notice, string recipient) => notice.Places is { Count: > 0 } places ? WordsOf(notice, places, recipient) : null;

    /// <summary>The first words of a notice.</summary>
    public static string Short(string words) => words.Length > MostWords ? words[..MostWords] : words;

    public static bool IsFromMailSystem(Notice notice) =>
        notice.Headers.Find("X-Failed-Recipients") is not null || Daemon().IsMatch(notice.Headers.Find("From") ?? "");

    private static bool LooksLikeBounce(Notice notice) =>
        IsFromMailSystem(notice) || Subject().IsMatch(notice.Message.Subject ?? "") || Phrase().IsMatch(Short(notice.Words));

    /// <summary>From behind the address to the next one; the lines before it where nothing follows.</summary>
    private static string? WordsOf(Notice notice, IReadOnlyList<RecipientPlace> places, string address)
    {
        var mine = places.Where(place => place.Address.Equals(address, StringComparison.OrdinalIgnoreCase)).Take(5).ToList();
        // A header may name it otherwise than the text; where there is one in each, they are the same.
        if (mine.Count == 0 && places.Count == 1) mine = [places[0]];
        if (mine.Count == 0) return null;
        var said = mine.ConvertAll(place => WordsAt(notice, places, place, address));
        return said.Find(words => Code().IsMatch(words)) ?? said[0];
    }

    private static string WordsAt(Notice notice, IReadOnlyList<RecipientPlace> places, RecipientPlace place, string address)
    {
        var index = place.Number;
        if (place.IsReply) return WithCommand(notice.Words, index == 0 ? 0 : LineEnd(notice.Words, places[index - 1].End), LineEnd(notice.Words, place.End));
        var next = places.Skip(index + 1).Take(50).FirstOrDefault(other => !other.Address.Equals(address, StringComparison.OrdinalIgnoreCase))?.Start ?? notice.Words.Length;
        var line = notice.Words[place.Start..place.End];
        var behind = notice.Words[place.End..Math.Max(place.End, next)].TrimStart('>', ')', ']', '"', '\'', ':', ' ', '\t', '\n');
        var before = notice.Words[Math.Max(0, place.Start - 300)..place.Start];
        // A label says something itself: "Unknown user: x@y".
        var words = $"{(line.Length > address.Length + 4 ? line + "\n" : "")}{Short(behind)}";
        return behind.Count(char.IsLetter) >= 8 ? words : $"{before}\n{words}";
    }

    /// <summary>A transcript: the command and the answer stand before the line that says what became of the recipient.</summary>
    private static string WithCommand(string words, int start, int end)
    {
        var talk = words.LastIndexOf("while talking to", end - 1, end - start, StringComparison.OrdinalIgnoreCase);
        return words[Math.Max(talk < 0 ? start : talk, end - MostWords)..end];
    }

    private static int LineEnd(string words, int at) => words.IndexOf('\n', at) is var end and >= 0 ? end : words.Length;

    [GeneratedRegex(@"(?<![\w.])(?:[45]\d\d[ -]|[45]\.\d\.\d{1,3})")]
    private static partial Regex Code();

    [GeneratedRegex(@"mailer[-_. ]?(?:daemon|system)|postmaster|mail[- ]?delivery|mail administrator|mdaemon|ndr administrator", RegexOptions.IgnoreCase)]
    private static partial Regex Daemon();

    [GeneratedRegex(
        @"undeliver|non[- ]?deliver|delivery (?:status|failure|failed|has failed|report|error|notification|problem)|returned (?:mail|to sender|message)|returning message|failure notice|failed delivery|mail (?:system error|delivery|failure)|could not (?:be )?(?:deliver|send)|not delivered|bounce notification|error sending your mail",
        RegexOptions.IgnoreCase)]
    private static partial Regex Subject();

    [GeneratedRegex(
        @"could not be delivered|(?:was|were) not delivered|unable to deliver|delivery (?:to the following|has failed)|did not reach the following|delivery (?:failure|errors?)|permanent (?:fatal )?error|you are not a member of this mailing list",
        RegexOptions.IgnoreCase)]
    private static partial Regex Phrase();

    [GeneratedRegex(@"\(delay\)|delayed|warning[-: ]|still being retried|has not yet been delivered|has been delayed|will be retried|will continue for some time", RegexOptions.IgnoreCase)]
    private static partial Regex Delay();
}
