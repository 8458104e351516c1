namespace CrankMailer.Model.Tokens;

/// <summary>A key that signs tokens (design §5). Rotation stops signing with it, revoking stops verifying.</summary>
public sealed class TokenKey
{
    /// <summary>Stands in every token it signed: 1–127.</summary>
    public int Number { get; set; }

    /// <summary>32 random bytes, wrapped by data protection.</summary>
    public byte[] Secret { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? StoppedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}
