using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CrankMailer.Model;

/// <summary>Why a text is no address that we would mail.</summary>
public enum AddressFault { Empty, NoAt, SeveralAddresses, LocalPart, Domain, TooLong, Lookalike }

/// <summary>
/// An e-mail address as a sign-up form takes it (R65, R170): a dot-atom, an @ and a domain name with a top level.
/// Quoted local parts, comments and address literals are lawful by RFC 5321 but in practice only typing errors or attacks.
/// </summary>
public sealed record EmailAddress
{
    private const int MaxLocalPart = 64;   // octets, RFC 5321 4.5.3.1.1
    private const int MaxDomain = 253;     // octets: 255 on the wire of DNS, RFC 1035 2.3.4
    private const int MaxAddress = 254;    // octets: a path of 256 without its angle brackets, RFC 5321 4.5.3.1.3
    private const int MaxLabel = 63;
    private const string AtextSpecials = "!#$%&'*+-/=?^_`{|}~"; // RFC 5322 3.2.3

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    private EmailAddress(string address, string localPart, string domain)
    {
        Address = address;
        LocalPart = localPart;
        Domain = domain;
    }

    /// <summary>As typed, without white space around it.</summary>
    public string Address { get; }

    /// <summary>As typed: only the receiver knows whether its case matters.</summary>
    public string LocalPart { get; }

    /// <summary>Lower case, as A-label (IDNA2008, R73).</summary>
    public string Domain { get; }

    /// <summary>The one spelling that is compared: all lower case, domain as A-label (design §5).</summary>
    public string Normalized => $"{LocalPart.ToLowerInvariant()}@{Domain}";

    /// <summary>What SMTP and headers take: the local part as typed, the domain as A-label.</summary>
    public string Wire => $"{LocalPart}@{Domain}";

    /// <summary>Its local part is not ASCII: every server on the way must know SMTPUTF8 (R72).</summary>
    public bool NeedsSmtpUtf8 => !Ascii.IsValid(LocalPart);

    /// <summary><c>m…@example.org</c>: enough for its owner to know it, not enough for somebody else.</summary>
    public string Masked => Mask(Address);

    public override string ToString() => Masked; // so that an address cannot slip into a log

    /// <summary>The address, or null where the text is none that we would mail.</summary>
    public static EmailAddress? Parse(string? text) => TryParse(text, out var address, out _) ? address : null;

    /// <param name="fault">Why not; meaningless where true is returned.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address, out AddressFault fault)
    {
        address = null;
        var typed = text?.Trim(' ', '\t') ?? "";
        if (FaultOfText(typed) is { } early)
        {
            fault = early;
            return false;
        }
        var at = typed.IndexOf('@', StringComparison.Ordinal);
        var local = typed[..at];
        if (FaultOfLocalPart(local) is { } localFault)
        {
            fault = localFault;
            return false;
        }
        if (FaultOfDomain(typed[(at + 1)..], out var domain) is { } domainFault)
        {
            fault = domainFault;
            return false;
        }
        fault = AddressFault.TooLong;
        if (Encoding.UTF8.GetByteCount(local) + 1 + domain.Length > MaxAddress) return false;
        address = new EmailAddress(typed, local, domain);
        return true;
    }

    /// <summary>Masks any text with an @ in it, whether we would mail it or not.</summary>
    public static string Mask(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1) return "…";
        var first = char.IsHighSurrogate(address[0]) && at > 1 ? address[..2] : address[..1];
        return $"{first}…{address[at..]}";
    }

    private static AddressFault? FaultOfText(string typed)
    {
        if (typed.Length == 0) return AddressFault.Empty;
        if (typed.Length > 4 * MaxAddress) return AddressFault.TooLong; // before anything is done with it
        var at = typed.IndexOf('@', StringComparison.Ordinal);
        if (at < 0) return AddressFault.NoAt;
        return typed.IndexOf('@', at + 1) >= 0 ? AddressFault.SeveralAddresses : null;
    }

    private static AddressFault? FaultOfLocalPart(string local)
    {
        if (local.Length == 0 || local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return AddressFault.LocalPart;
        if (Encoding.UTF8.GetByteCount(local) > MaxLocalPart) return AddressFault.TooLong;
        foreach (var rune in local.EnumerateRunes())
            if (!(rune.Value == '.' || IsAtext(rune))) return AddressFault.LocalPart;
        return Scripts.LooksMixed(local) ? AddressFault.Lookalike : null;
    }

    // RFC 6532 3.1 lets any UTF-8 be atext; we take what a person can see and type: letters, marks, digits.
    private static bool IsAtext(Rune rune)
    {
        if (rune.IsAscii) return char.IsAsciiLetterOrDigit((char)rune.Value) || AtextSpecials.Contains((char)rune.Value, StringComparison.Ordinal);
        return Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }

    private static AddressFault? FaultOfDomain(string typed, out string domain)
    {
        domain = "";
        if (typed.Length == 0 || typed[^1] == '.') return AddressFault.Domain;
        foreach (var label in typed.Split('.'))
            if (FaultOfTypedLabel(label) is { } fault) return fault;
        try
        {
            domain = Idn.GetAscii(typed).ToLowerInvariant();
        }
        catch (ArgumentException) // what IDNA forbids; IdnMapping has no Try form
        {
            return AddressFault.Domain;
        }
        if (domain.Length > MaxDomain) return AddressFault.TooLong;
        return domain.Split('.') is var labels && labels.All(IsHostLabel) && IsTopLevel(labels) ? null : AddressFault.Domain;
    }

    // IdnMapping drops invisible characters and folds full-width letters, so that the address would reach somebody else than it shows.
    private static AddressFault? FaultOfTypedLabel(string label)
    {
        foreach (var rune in label.EnumerateRunes())
            if (!(rune.Value == '-' || (IsAtext(rune) && !(rune.IsAscii && !char.IsAsciiLetterOrDigit((char)rune.Value))))) return AddressFault.Domain;
        return Scripts.LooksMixed(label) ? AddressFault.Lookalike : null;
    }

    private static bool IsHostLabel(string label) =>
        label.Length is > 0 and <= MaxLabel && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    // A name without a dot can only be a country's own (ICANN forbids mail at the bare name of any other top level: SAC 053).
    private static bool IsTopLevel(string[] labels)
    {
        var top = labels[^1];
        return !top.All(char.IsAsciiDigit) && (labels.Length > 1 || (top.Length == 2 && top.All(char.IsAsciiLetterLower)));
    }
}
