using System.Text;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Listener;

/// <summary>The argument of MAIL and RCPT: a path and ESMTP parameters (RFC 5321 4.1.2).</summary>
internal static class SmtpPath
{
    /// <summary>RFC 5321 4.5.3.1.3, with the angle brackets.</summary>
    private const int MaxPath = 256;

    /// <summary>Reads <c>FROM:&lt;a@b&gt; SIZE=1</c> behind the verb.</summary>
    /// <param name="address">Empty for the null path.</param>
    public static bool TryParse(string argument, string keyword, out string address, out string[] parameters)
    {
        address = "";
        parameters = [];
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)) return false;
        // A space behind the colon is against the grammar and common all the same.
        var text = argument[keyword.Length..].TrimStart(' ');
        if (text.Length == 0 || text[0] != '<' || HeaderText.HasControl(text)) return false;
        var close = FindClose(text);
        if (close < 0 || Encoding.UTF8.GetByteCount(text.AsSpan(0, close + 1)) > MaxPath) return false;
        address = text[1..close];
        // RFC 5321 4.1.1.3: a source route is taken and ignored.
        if (address.StartsWith('@') && address.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon) address = address[(colon + 1)..];
        parameters = text[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (text.Length == close + 1 || text[close + 1] == ' ') && (address.Length == 0 || IsAddress(address));
    }

    private static int FindClose(string text)
    {
        var quoted = false;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quoted) i++;
            else if (text[i] == '"') quoted = !quoted;
            else if (text[i] == '>' && !quoted) return i;
        }
        return -1;
    }

    /// <summary>Only what could do harm is refused: odd addresses of real senders must be able to bounce.</summary>
    private static bool IsAddress(string address) =>
        address.Equals("postmaster", StringComparison.OrdinalIgnoreCase)
        || (address.LastIndexOf('@') is > 0 and var at && at < address.Length - 1 && !address.AsSpan(at).ContainsAny(" <>\"") && (address[0] == '"' || !address.Contains(' ')));
}
