using System.Globalization;
using System.Text.RegularExpressions;
using CrankMailer.Mail.Rules;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Feedback.Reading;

/// <summary>From what a report quotes to its class, by the reply rules (R104): finds code, enhanced code, phase and receiver in free words.</summary>
internal static partial class Diagnosis
{
    /// <param name="words">What was said about this recipient: a Diagnostic-Code, or the lines around the address.</param>
    /// <param name="status">From a status field; null where there is none.</param>
    /// <param name="context">All words of the notice, for the command that was answered.</param>
    /// <param name="hosts">Who answered, as far as fields tell.</param>
    public static Report Judge(string? recipient, ReportAction action, string? status, string words, string context, params IEnumerable<string?> hosts)
    {
        words = Squeeze(words);
        var quoted = FindReply(words);
        status = Useful(status) ?? quoted.Enhanced ?? status;
        var code = quoted.Code ?? (status is ['4', ..] || action == ReportAction.Delayed ? 450 : 550);
        // Where the words and the field give different codes, the words are the answering server's own.
        var enhanced = quoted.Enhanced ?? Useful(status);
        var reply = new SmtpReply(code, enhanced is null ? quoted.Text : $"{enhanced} {quoted.Text}");
        var verdict = ReplyRules.Default.ClassifyReport(ReceiverOf(recipient, quoted.Code is null ? "" : words, hosts), PhaseOf(words, context), reply, quoted.Code is not null);
        var (@class, reaction) = verdict.Effect switch
        {
            ReplyEffect.Hard => (ReportClass.Hard, ReportReaction.Suppress),
            ReplyEffect.Block or ReplyEffect.Config => (ReportClass.Soft, ReportReaction.BlockNotAddress),
            _ => (ReportClass.Soft, ReportReaction.CountSoft),
        };
        return new Report
        {
            Kind = ReportKind.Bounce, Class = @class, Reaction = reaction, Recipient = recipient, Action = action, Status = status, Reason = verdict.Class.Name,
            Diagnostic = Shorten(words),
        };
    }

    /// <summary>One line, safe to show.</summary>
    public static string? Shorten(string words)
    {
        var line = Squeeze(words);
        return line.Length == 0 ? null : line.Length > ReadingLimits.Diagnostic ? line[..ReadingLimits.Diagnostic] : line;
    }

    /// <summary>An enhanced code that says more than good or bad.</summary>
    private static string? Useful(string? status) => status is null || status.EndsWith(".0.0", StringComparison.Ordinal) ? null : status;

    /// <summary>The reply among the words: code, enhanced code and the text that belongs to it.</summary>
    private static (int? Code, string? Enhanced, string Text) FindReply(string words)
    {
        var best = Reply().Matches(words).OrderByDescending(match => match.Groups["enhanced"].Success).ThenBy(match => match.Index).FirstOrDefault();
        var bare = Enhanced().Match(words);
        if (best is null) return (null, bare.Success ? bare.Value : null, words);
        var enhanced = best.Groups["enhanced"] is { Success: true } own ? own.Value : bare.Success && bare.Value[0] == best.Value[0] ? bare.Value : null;
        // A reply of several lines repeats its codes: they are no words.
        var text = Reply().Replace(words[(best.Index + best.Length)..], " ").Trim();
        return (int.Parse(best.Groups["code"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), enhanced, text.Any(char.IsLetter) ? text : words);
    }

    private static SmtpPhase? PhaseOf(string words, string context)
    {
        if (FindPhase(words) is { } told) return told;
        // The text may tell what a field leaves out: "550 … (in reply to RCPT TO command)".
        var (flat, snippet) = (Squeeze(context), Snippet(words));
        var quote = snippet.Length == 0 ? -1 : flat.IndexOf(snippet, StringComparison.OrdinalIgnoreCase);
        if (quote >= 0 && FindPhase(flat.Substring(quote, Math.Min(words.Length + 120, flat.Length - quote))) is { } behind) return behind;
        // A transcript: the last command before the reply that is quoted.
        var place = snippet.Length == 0 ? -1 : context.IndexOf(snippet, StringComparison.OrdinalIgnoreCase);
        var transcript = Command().Matches(context);
        var command = place >= 0 && transcript.LastOrDefault(match => match.Index < place) is { } before ? before : transcript.LastOrDefault();
        return command is null ? null : NameOf(command.Groups["command"].Value);
    }

    /// <summary>Enough of a reply to find it again in a transcript, without its codes, which may be written otherwise there.</summary>
    private static string Snippet(string words)
    {
        var text = FindReply(words).Text;
        return text.Length > 25 ? text[..25] : text;
    }

    private static SmtpPhase? FindPhase(string words) => Phase().Match(words) is not { Success: true } match ? null
        : match.Groups["connect"].Success ? SmtpPhase.Connect
        : match.Groups["dot"].Success ? SmtpPhase.Dot
        : match.Groups["mail"].Success ? SmtpPhase.Mail
        : match.Groups["ehlo"].Success ? SmtpPhase.Ehlo
        : match.Groups["data"].Success ? SmtpPhase.Dot
        : SmtpPhase.Rcpt;

    private static SmtpPhase NameOf(string command) => command.ToUpperInvariant() switch
    {
        "MAIL" => SmtpPhase.Mail,
        "DATA" or "." => SmtpPhase.Dot,
        "EHLO" or "HELO" => SmtpPhase.Ehlo,
        _ => SmtpPhase.Rcpt,
    };

    private static string? ReceiverOf(string? recipient, string words, IEnumerable<string?> hosts)
    {
        foreach (var host in hosts.Concat(Host().Matches(words).Select(match => match.Value)))
            if (host is not null && Receivers.Default.FindByMx(MailAddresses.DomainOf(host).Trim()) is { } found && found != Receivers.Other) return found.Name;
        if (recipient is null) return null;
        var domain = MailAddresses.DomainOf(recipient);
        return Receivers.Default.FindByDomain(domain) is var receiver && receiver != Receivers.Other ? receiver.Name : domain;
    }

    /// <summary>A control character in what a stranger wrote must not reach a terminal or a log.</summary>
    private static string Squeeze(string words) => Space().Replace(words, " ").Trim();

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Space();

    // 550 5.1.1, 550-5.1.1, #550 5.1.1, 550 #5.1.0, 550: …; not a part of an address, a date or another number.
    [GeneratedRegex(@"(?<![\w.\-/@=\[]|[^\s]:)(?<code>[245]\d\d)(?:(?:[ -]|: ?)#?(?<enhanced>[245]\.\d{1,3}\.\d{1,3})(?![\w.])|(?=[ -]+[^\s\d.])|(?=[:,] )|(?=$))")]
    private static partial Regex Reply();

    [GeneratedRegex(@"(?<![\w.])[245]\.\d{1,3}\.\d{1,3}(?![\w.\-])")]
    private static partial Regex Enhanced();

    [GeneratedRegex(
        @"(?<connect>refused to talk to me|after initial connection|initial greeting)|(?<dot>(?:end of DATA|after end of data|final DATA|after I sent the message|\[DATA\]|\(DATA\)))|(?<mail>(?:in reply to|after|our) MAIL FROM|sender was rejected|\[MAIL_FROM\])|(?<ehlo>my name was rejected|in reply to (?:EHLO|HELO)|after (?:EHLO|HELO))|(?<data>in reply to DATA|after DATA)|(?<rcpt>(?:in reply to|after|our) RCPT|\bSMTP:RCPT|not like recipient|\[RCPT_TO\])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Phase();

    [GeneratedRegex(@"^[ \t]*(?:>>>|Sent <<<)[ \t]*(?<command>MAIL|RCPT|DATA|EHLO|HELO|\.|QUIT)\b?", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<![\w@.\-])(?:[A-Za-z0-9\-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w@])")]
    private static partial Regex Host();
}
