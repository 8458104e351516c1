namespace CrankMailer.Model.Audience;

public enum OneTimePurpose { Confirm, FreshLink, SetUp, SignIn, ChangeAddress }

/// <summary>A link that works once: random 128 bit, stored hashed (design §5, R155).</summary>
public sealed class OneTimeToken
{
    public long Id { get; set; }

    /// <summary>SHA-256 of the token. Unique.</summary>
    public byte[] Hash { get; set; } = [];
    public OneTimePurpose Purpose { get; set; }
    public long? SubscriberId { get; set; }
    public int? UserId { get; set; }

    /// <summary>What the link is for in detail, as JSON: the lists to confirm, the new address.</summary>
    public string Data { get; set; } = "{}";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}
