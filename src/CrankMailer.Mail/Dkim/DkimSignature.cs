using System.Globalization;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Dkim;

/// <summary>What a DKIM-Signature header says, read and checked as far as that needs neither key nor message (RFC 6376 3.5).</summary>
internal sealed class DkimSignature
{
    /// <summary>More names than this no honest signature has; each is looked for among all headers.</summary>
    private const int MaxNames = 1000;

    /// <summary>RFC 6376 3.5: clocks differ a little.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly DkimTags? tags;

    private DkimSignature(DkimTags? tags) => this.tags = tags;

    /// <summary>Why it may not be used; null for a good one. The rest is as far as it could be read.</summary>
    public string? Problem { get; private set; }

    public string Domain => Tag("d") ?? "";

    public string Selector => Tag("s") ?? "";

    public string AlgorithmName => Tag("a") ?? "";

    public DkimAlgorithm Algorithm => AlgorithmName == "rsa-sha256" ? DkimAlgorithm.RsaSha256 : DkimAlgorithm.Ed25519Sha256;

    /// <summary>h=, in lower case.</summary>
    public string[] Names { get; private set; } = [];

    public DkimCanonicalization HeaderForm { get; private set; }

    public DkimCanonicalization BodyForm { get; private set; }

    public byte[] BodyHash { get; private set; } = [];

    public byte[] Value { get; private set; } = [];

    /// <summary>l=: how much of the body is signed; null for all of it.</summary>
    public long? BodyLength { get; private set; }

    /// <summary>The domain of i=, which is within d=.</summary>
    public string IdentityDomain => Tag("i") is { } identity ? identity[(identity.LastIndexOf('@') + 1)..] : Domain;

    /// <summary>Name of the TXT record that holds the key.</summary>
    public string RecordName { get; private set; } = "";

    /// <param name="value">Of the header field, folded or not.</param>
    public static DkimSignature Parse(string value, DateTimeOffset now)
    {
        var signature = new DkimSignature(DkimTags.Parse(value));
        signature.Problem = signature.FindProblem(now);
        return signature;
    }

    private string? FindProblem(DateTimeOffset now)
    {
        if (tags is null) return "The signature is malformed.";
        if (tags.Find("v") != "1") return "The signature has another version than 1.";
        if (AlgorithmName is not ("rsa-sha256" or "ed25519-sha256")) return $"The algorithm {AlgorithmName} is not allowed (RFC 8301).";
        return ReadKeyName() ?? ReadNames() ?? ReadForms() ?? ReadTimes(now) ?? ReadHashes()
            ?? (Algorithm == DkimAlgorithm.Ed25519Sha256 && !LibCrypto.IsAvailable ? "ed25519 cannot be verified here: OpenSSL 3 is absent." : null);
    }

    /// <summary>Where the key lies. Both names come from a stranger and are asked of DNS, or of a folder.</summary>
    private string? ReadKeyName()
    {
        if (!DomainName.TryToAscii(Domain, out var domain, out _)) return "d= is missing or no domain name.";
        if (!Selector.Split('.').All(IsSelectorLabel)) return "s= is missing or no selector.";
        if (Tag("q") is { } query && !query.Split(':').Contains("dns/txt")) return "q= names no way of getting the key that is known.";
        if (Tag("i") is { } identity && (!identity.Contains('@') || !IsWithin(IdentityDomain, Domain))) return "i= is not within d=.";
        RecordName = $"{Selector}._domainkey.{domain}";
        return null;
    }

    private string? ReadNames()
    {
        var list = Tag("h") ?? "";
        if (list.AsSpan().Count(':') > MaxNames) return $"h= names more than {MaxNames} headers.";
        Names = list.ToLowerInvariant().Split(':', StringSplitOptions.RemoveEmptyEntries);
        return Names.Contains("from") ? null : "From is not signed.";
    }

    private string? ReadForms()
    {
        DkimCanonicalization? Form(string name) => name switch { "simple" => DkimCanonicalization.Simple, "relaxed" => DkimCanonicalization.Relaxed, _ => null };
        var forms = (Tag("c") ?? "simple/simple").Split('/');
        if (forms.Length > 2 || Form(forms[0]) is not { } header || Form(forms.ElementAtOrDefault(1) ?? "simple") is not { } body) return "c= is unknown.";
        (HeaderForm, BodyForm) = (header, body);
        return null;
    }

    private string? ReadTimes(DateTimeOffset now)
    {
        var (made, end) = (Tag("t"), Tag("x"));
        if (made is not null && !TryInstant(made, out _)) return "t= is no time.";
        if (end is null) return null;
        if (!TryInstant(end, out var expires)) return "x= is no time.";
        if (made is not null && TryInstant(made, out var signed) && expires <= signed) return "x= is not after t=.";
        return expires + Skew < now ? "The signature has expired." : null;
    }

    private string? ReadHashes()
    {
        if (tags is null || !tags.TryGetBase64("bh", out var bodyHash) || !tags.TryGetBase64("b", out var value)) return "b= or bh= is missing or no base64.";
        (BodyHash, Value) = (bodyHash, value);
        if (Tag("l") is not { } length) return null;
        if (!long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var octets)) return "l= is no number.";
        BodyLength = octets;
        return null;
    }

    private string? Tag(string name) => tags?.FindCompact(name);

    /// <summary>As in a host name, but for the underscore that some publish.</summary>
    private static bool IsSelectorLabel(string label) => label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsWithin(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static bool TryInstant(string seconds, out DateTimeOffset instant)
    {
        var valid = long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 253402300800;
        instant = valid ? DateTimeOffset.FromUnixTimeSeconds(number) : default;
        return valid;
    }
}
