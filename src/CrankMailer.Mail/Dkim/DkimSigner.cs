using System.Text;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Dkim;

/// <summary>One signature to put on messages: whose it is, with which key, over which headers. Immutable, for any number of
/// threads at once.</summary>
public sealed class DkimSigner
{
    /// <summary>R32, with the other headers a reader or a machine acts upon.</summary>
    private static readonly string[] Covered =
    [
        "from", "to", "cc", "subject", "date", "message-id", "reply-to", "mime-version", "content-type", "content-transfer-encoding",
        "list-unsubscribe", "list-unsubscribe-post", "list-id", "list-help", "list-archive", "list-owner", "feedback-id", "auto-submitted",
    ];

    /// <summary>R33: named once more than present, so that adding another breaks the signature (RFC 6376 8.15).</summary>
    private static readonly string[] Closed =
        ["from", "to", "cc", "subject", "date", "reply-to", "content-type", "list-unsubscribe", "list-unsubscribe-post"];

    /// <summary>One for each signed name, made at the first signature: both lists are given after the constructor.</summary>
    private bool[]? overSigned;

    public DkimSigner(string domain, string selector, DkimKey key)
    {
        Domain = DomainName.TryToAscii(domain, out var ascii, out var problem) ? ascii : throw new ArgumentException(problem, nameof(domain));
        Selector = DomainName.TryToAscii(selector, out ascii, out problem) ? ascii : throw new ArgumentException(problem, nameof(selector));
        Key = key;
        SignedHeaders = Covered;
        OverSigned = Closed;
    }

    /// <summary>d=, in A-labels.</summary>
    public string Domain { get; }

    /// <summary>s=; the public key lies at SELECTOR._domainkey.DOMAIN.</summary>
    public string Selector { get; }

    public DkimKey Key { get; }

    public DkimCanonicalization HeaderForm { get; init; } = DkimCanonicalization.Relaxed;

    public DkimCanonicalization BodyForm { get; init; } = DkimCanonicalization.Relaxed;

    /// <summary>Lower-case names of what is signed where present.</summary>
    public IReadOnlyList<string> SignedHeaders
    {
        get;
        init
        {
            field = value;
            SignedNames = [.. value.Select(Encoding.ASCII.GetBytes)];
        }
    }

    /// <summary>Lower-case names that stand once more in h= than present; each also one of <see cref="SignedHeaders"/>.</summary>
    public IReadOnlyList<string> OverSigned { get; init; }

    /// <summary>Name of the TXT record that holds <see cref="DkimKey.DnsRecord"/>.</summary>
    public string RecordName => $"{Selector}._domainkey.{Domain}";

    internal IReadOnlyList<byte[]> SignedNames { get; private init; } = [];

    internal bool IsOverSigned(int signedIndex) => (overSigned ??= [.. SignedHeaders.Select(name => OverSigned.Contains(name))])[signedIndex];

    /// <summary>Which of the signed names this is; -1 where it is none.</summary>
    internal int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < SignedNames.Count; i++)
            if (SignedNames[i].Length == name.Length && Ascii.EqualsIgnoreCase(SignedNames[i], name)) return i;
        return -1;
    }
}
