namespace CrankMailer.Model.Audience;

/// <summary>A person of one publication's audience. Unique by (publication, normalised e-mail).</summary>
public sealed class Subscriber
{
    public long Id { get; set; }
    public int PublicationId { get; set; }

    /// <summary>As typed. Null for an erased person.</summary>
    public string? Email { get; set; }

    /// <summary>Lower case, domain as A-label: the one spelling that is compared (design §5).</summary>
    public string? NormalizedEmail { get; set; }

    /// <summary>HMAC of <see cref="NormalizedEmail"/> under the suppression key: what <see cref="Suppression"/> is joined by.</summary>
    public byte[] AddressHash { get; set; } = [];
    public string? Name { get; set; }
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Lang { get; set; }

    /// <summary>IANA zone.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Custom fields: a JSON object.</summary>
    public string Attributes { get; set; } = "{}";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }
}
