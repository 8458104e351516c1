using System.Text.RegularExpressions;

namespace CrankMailer.Feedback.Reading;

/// <summary>A place where a notice names a recipient.</summary>
/// <param name="Number">In the order of the places.</param>
/// <param name="IsReply">A line of a transcript, whose words stand before it.</param>
internal sealed record RecipientPlace(int Number, string Address, int Start, int End, bool IsReply);

/// <summary>Finds who is meant by the place of an address: alone on a line, in a reply, behind a label, in a command; the surest kind that is there.</summary>
internal static partial class RecipientPlaces
{
    private const int Most = 500;

    public static IReadOnlyList<RecipientPlace> Find(Notice notice)
    {
        var own = notice.OwnAddresses.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var kind in new[] { Alone(), Reply(), Labelled(), Command(), Quoted() })
        {
            var found = kind.Matches(notice.Words).Take(Most).Select(match => match.Groups["address"].Value is var address && match.Groups["address"].Index + address.Length is var end
                ? new RecipientPlace(0, MailAddresses.Clean(address), match.Index, end, kind.Equals(Reply())) : null).OfType<RecipientPlace>().ToList();
            // A notice names whom it is for, too: we are meant only where nobody else is, and then only alone on a line.
            if (!kind.Equals(Alone()) || found.Exists(place => !own.Contains(place.Address))) found.RemoveAll(place => own.Contains(place.Address));
            if (found.Count > 0) return [.. found.Select((place, number) => place with { Number = number })];
        }
        return [];
    }

    // At the beginning of a line: <user@example.org>: …, user@example.org on Thu …, * user@example.org, "user@example.org": …
    [GeneratedRegex(@"^[ \t>|*•\-]{0,20}[<""'(]?(?<address>" + MailAddresses.Pattern + @")(?=[>""')]?(?:[ \t]{0,8}$|[ \t]{0,4}[:(\[]|[>""']|[ \t]{1,8}\S))", RegexOptions.Multiline)]
    private static partial Regex Alone();

    [GeneratedRegex(
        @"^[^\n:@]{0,80}\b(?:recipients?|rcpt|recipient address|target mail address|address|delivered to|deliver (?:the |your |this )?(?:message |mail )?to|undeliverable to|mail to|user|attempts|addressed to|mailbox(?: is full)?|delivery failed|member of this mailing list|errors)\b[^\n<@:]{0,20}:?[ \t]{0,8}[<""'(\[]{0,2}(?:SMTP:)?(?<address>" + MailAddresses.Pattern + ")",
        RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Labelled();

    // 554 <user@example.org>... Remote protocol error
    [GeneratedRegex(@"^[45]\d\d[ -](?:[45]\.\d\.\d{1,3} )?<(?<address>" + MailAddresses.Pattern + ")>", RegexOptions.Multiline)]
    private static partial Regex Reply();

    [GeneratedRegex(@"^[ \t]{0,8}(?:<<<|>>>|Sent <<<)[ \t]{0,4}RCPT TO:[ \t]{0,4}<?(?<address>" + MailAddresses.Pattern + ")", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"[<(](?<address>" + MailAddresses.Pattern + ")[>)]")]
    private static partial Regex Quoted();
}
