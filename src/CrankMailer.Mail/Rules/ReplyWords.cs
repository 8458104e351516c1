using System.Text.RegularExpressions;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Mail.Rules;

/// <summary>What of a reply the rules look at: its enhanced code, wherever it stands, and its words without what would mislead.</summary>
internal readonly partial record struct ReplyWords(int[]? EnhancedCode, string Text)
{
    /// <summary>What a server has to say it says early; the rest is links and ornaments.</summary>
    private const int MaxText = 600;

    public static ReplyWords Of(SmtpReply reply)
    {
        var text = reply.Text;
        if (text.Length > MaxText) text = text[..MaxText];
        var code = reply.EnhancedCode ?? (Embedded().Match(text) is { Success: true } match ? match.Groups["code"].Value : null);
        // A name is no statement: mx.inbox.example is no full inbox, <spam@crank.example> no spam.
        text = Address().Replace(LeadingHost().Replace(text, "", 1), "<@>");
        return new ReplyWords(code is null ? null : ReplyRule.Numbers(code), text);
    }

    // qmail and chkuser: "sorry, no mailbox here by that name. (#5.1.1 - chkuser)", IronPort: "#5.1.0 Address rejected."
    [GeneratedRegex(@"(?:\(#?|#)(?<code>[245]\.\d{1,3}\.\d{1,3})\b")]
    private static partial Regex Embedded();

    // RFC 5321 4.2.3: 421 <domain> Service not available.
    [GeneratedRegex(@"^[a-z0-9-]+(?:\.[a-z0-9-]+){1,8}(?: |$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LeadingHost();

    [GeneratedRegex(@"<[^<>@\s]{1,256}@[^<>\s]{0,256}>")]
    private static partial Regex Address();
}
