using System.Text.RegularExpressions;
using CrankMailer.Mail.Rules;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Feedback.Reading;

/// <summary>The words of a notice, searched for the command that a quoted reply answered. Prepared once, however many recipients it names.</summary>
internal sealed partial class Transcript(string words)
{
    private readonly Lazy<string> flat = new(() => Diagnosis.Squeeze(words));
    private readonly Lazy<List<Match>> commands = new(() => Command().Matches(words).ToList());

    private readonly Dictionary<(string?, SmtpPhase?, SmtpReply, bool), ReplyVerdict> verdicts = [];

    /// <summary>Of a report that has no text.</summary>
    public static Transcript None => new("");

    /// <summary>By the reply rules; the same words about many recipients are judged once.</summary>
    public ReplyVerdict Judge(string? receiver, SmtpPhase? phase, SmtpReply reply, bool quoted)
    {
        if (verdicts.TryGetValue((receiver, phase, reply, quoted), out var known)) return known;
        return verdicts[(receiver, phase, reply, quoted)] = ReplyRules.Default.ClassifyReport(receiver, phase, reply, quoted);
    }

    /// <param name="said">What was said about one recipient, as one line.</param>
    /// <param name="reply">The reply in it, without its codes, which a transcript may write otherwise.</param>
    /// <returns>Null where it is not told.</returns>
    public SmtpPhase? PhaseOf(string said, string reply)
    {
        if (FindPhase(said) is { } told) return told;
        var snippet = reply.Length > 25 ? reply[..25] : reply;
        // The text may tell what a field leaves out: "550 … (in reply to RCPT TO command)".
        var quote = snippet.Length == 0 ? -1 : flat.Value.IndexOf(snippet, StringComparison.OrdinalIgnoreCase);
        if (quote >= 0 && FindPhase(flat.Value.Substring(quote, Math.Min(said.Length + 120, flat.Value.Length - quote))) is { } behind) return behind;
        // A session: the last command before the reply that is quoted.
        if (commands.Value.Count == 0) return null;
        var place = snippet.Length == 0 ? -1 : words.IndexOf(snippet, StringComparison.OrdinalIgnoreCase);
        var command = place >= 0 && commands.Value.LastOrDefault(match => match.Index < place) is { } before ? before : commands.Value[^1];
        return NameOf(command.Groups["command"].Value);
    }

    private static SmtpPhase? FindPhase(string words) => Phase().Match(words) is not { Success: true } match ? null
        : match.Groups["connect"].Success ? SmtpPhase.Connect
        : match.Groups["dot"].Success ? SmtpPhase.Dot
        : match.Groups["mail"].Success ? SmtpPhase.Mail
        : match.Groups["ehlo"].Success ? SmtpPhase.Ehlo
        : match.Groups["data"].Success ? SmtpPhase.Data
        : SmtpPhase.Rcpt;

    private static SmtpPhase NameOf(string command) => command.ToUpperInvariant() switch
    {
        "MAIL" => SmtpPhase.Mail,
        "DATA" or "." => SmtpPhase.Dot,
        "EHLO" or "HELO" => SmtpPhase.Ehlo,
        _ => SmtpPhase.Rcpt,
    };

    [GeneratedRegex(
        @"(?<connect>refused to talk to me|after initial connection|initial greeting)|(?<dot>(?:end of DATA|after end of data|final DATA|after I sent the message|\[DATA\]|\(DATA\)|SMTP command DATA|\(state 18\)))|(?<mail>(?:in reply to|after|our) MAIL FROM|sender was rejected|\[MAIL_FROM\]|SMTP command MAIL|\(state 13\))|(?<ehlo>my name was rejected|in reply to (?:EHLO|HELO)|after (?:EHLO|HELO))|(?<data>in reply to DATA|after DATA)|(?<rcpt>(?:in reply to|after|our) RCPT|\bSMTP:RCPT|not like recipient|\[RCPT_TO\]|SMTP command RCPT|\(state 14\))",
        RegexOptions.IgnoreCase)]
    private static partial Regex Phase();

    [GeneratedRegex(@"^[ \t]*(?:>>>|Sent <<<)[ \t]*(?<command>MAIL|RCPT|DATA|EHLO|HELO|\.|QUIT)\b?", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Command();
}
