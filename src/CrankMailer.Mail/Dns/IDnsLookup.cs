namespace CrankMailer.Mail.Dns;

/// <summary>The edge to the domain name system.</summary>
public interface IDnsLookup
{
    /// <summary>The records of this type at the name, CNAMEs followed. Empty where there is none, or no such name.</summary>
    /// <exception cref="DnsFailureException">It cannot be known now.</exception>
    Task<IReadOnlyList<DnsRecord>> AskAsync(string name, DnsType type, CancellationToken ct);
}
