using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CrankMailer.Mail.Headers;

/// <summary>An addr-spec as it goes into envelope and headers: local part as given, domain as lower-case A-labels
/// (R73). It cannot hold white space, control characters or angle brackets outside quotes, so it cannot inject
/// into an SMTP command (R9). Dotless domains pass (localhost); what a sign-up form accepts is stricter and not decided here.</summary>
public sealed record EmailAddress
{
    /// <summary>RFC 5321 4.5.3.1.1, in octets.</summary>
    public const int MaxLocalPart = 64;

    /// <summary>RFC 5321 4.5.3.1.3 less the angle brackets, in octets.</summary>
    public const int MaxPath = 254;

    private EmailAddress(string localPart, string domain) => (LocalPart, Domain) = (localPart, domain);

    public string LocalPart { get; }

    /// <summary>Lower-case A-labels.</summary>
    public string Domain { get; }

    /// <summary>Only a local part beyond ASCII needs SMTPUTF8; the domain has its A-label form (R72).</summary>
    public bool NeedsSmtpUtf8 => !Ascii.IsValid(LocalPart);

    public static EmailAddress Create(string text) =>
        TryCreate(text, out var address, out var problem) ? address : throw new ArgumentException(problem, nameof(text));

    public static bool TryCreate(string text, [NotNullWhen(true)] out EmailAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        var at = text.LastIndexOf('@');
        if (at < 0) { problem = "An e-mail address has the form name@domain."; return false; }
        var local = text[..at];
        problem = LocalPartGrammar.FindProblem(local);
        if (problem is not null) return false;
        if (!DomainName.TryToAscii(text[(at + 1)..], out var domain, out problem)) return false;
        if (Encoding.UTF8.GetByteCount(local) + 1 + domain.Length > MaxPath)
        {
            problem = $"The address is longer than {MaxPath} octets.";
            return false;
        }
        address = new EmailAddress(local, domain);
        return true;
    }

    public override string ToString() => $"{LocalPart}@{Domain}";
}
