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
    /// <param name="transcript">All words of the notice, for the command that was answered.</param>
    /// <param name="hosts">Who answered, as far as fields tell.</param>
    public static Report Judge(string? recipient, ReportAction action, string? status, string words, Transcript transcript, params IEnumerable<string?> hosts)
    {
        words = Squeeze(words);
        var quoted = FindReply(words);
        status = Useful(status) ?? quoted.Enhanced ?? status;
        var code = quoted.Code ?? (status is ['4', ..] || action == ReportAction.Delayed ? 450 : 550);
        // Where the words and the field give different codes, the words are the answering server's own.
        var enhanced = quoted.Enhanced ?? Useful(status);
        var reply = new SmtpReply(code, enhanced is null ? quoted.Text : $"{enhanced} {quoted.Text}");
        var verdict = transcript.Judge(ReceiverOf(recipient, quoted.Code is null ? "" : words, hosts), transcript.PhaseOf(words, quoted.Text), reply, quoted.Code is not null);
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

    private static string? ReceiverOf(string? recipient, string words, IEnumerable<string?> hosts)
    {
        foreach (var host in hosts.Concat(Host().Matches(words).Select(match => match.Value)))
            if (host is not null && Receivers.Default.FindByMx(MailAddresses.DomainOf(host).Trim()) is { } found && found != Receivers.Other) return found.Name;
        if (recipient is null) return null;
        var domain = MailAddresses.DomainOf(recipient);
        return Receivers.Default.FindByDomain(domain) is var receiver && receiver != Receivers.Other ? receiver.Name : domain;
    }

    /// <summary>A control character in what a stranger wrote must not reach a terminal or a log.</summary>
    public static string Squeeze(string words) => Space().Replace(words, " ").Trim();

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Space();

    // 550 5.1.1, 550-5.1.1, #550 5.1.1, 550 #5.1.0, 550: …; not a part of an address, a date or another number.
    [GeneratedRegex(@"(?<![\w.\-/@=\[]|[^\s]:)(?<code>[245]\d\d)(?:(?:[ -]|: ?)#?(?<enhanced>[245]\.\d{1,3}\.\d{1,3})(?![\w.])|(?=[ -]+[^\s\d.])|(?=[:,] )|(?=$))")]
    private static partial Regex Reply();

    [GeneratedRegex(@"(?<![\w.])[245]\.\d{1,3}\.\d{1,3}(?![\w.\-])")]
    private static partial Regex Enhanced();

    [GeneratedRegex(@"(?<![\w@.\-])(?:[A-Za-z0-9\-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w@])")]
    private static partial Regex Host();
}
