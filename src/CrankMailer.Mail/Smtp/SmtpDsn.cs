using System.Text;

namespace CrankMailer.Mail.Smtp;

/// <summary>What we ask of bounces, sent only where the server offers DSN (RFC 3461, R71): notify on failure, headers only.</summary>
/// <param name="EnvelopeId">ENVID: comes back in the bounce; printable ASCII.</param>
/// <param name="NotifyOnDelay">Also when mail is late.</param>
public sealed record SmtpDsn(string EnvelopeId, bool NotifyOnDelay = false)
{
    /// <summary>RFC 3461 4.4, in octets before encoding.</summary>
    private const int MaxEnvelopeId = 100;

    public string EnvelopeId { get; } = EnvelopeId.Length is > 0 and <= MaxEnvelopeId && !EnvelopeId.AsSpan().ContainsAnyExceptInRange(' ', '~')
        ? EnvelopeId
        : throw new ArgumentException($"An envelope id has 1 to {MaxEnvelopeId} printable ASCII characters.", nameof(EnvelopeId));

    internal string MailParameters => $" RET=HDRS ENVID={ToXtext(EnvelopeId)}";

    internal string RcptParameters(string recipient) =>
        $" NOTIFY=FAILURE{(NotifyOnDelay ? ",DELAY" : "")}{(Ascii.IsValid(recipient) ? $" ORCPT=rfc822;{ToXtext(recipient)}" : "")}";

    /// <summary>RFC 3461 4: visible ASCII but + and =, the rest as +XX.</summary>
    private static string ToXtext(string text)
    {
        var xtext = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is > ' ' and <= '~' and not ('+' or '=')) xtext.Append(c);
            else xtext.Append('+').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return xtext.ToString();
    }
}
