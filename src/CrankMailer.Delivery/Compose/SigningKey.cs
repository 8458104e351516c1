namespace CrankMailer.Delivery.Compose;

/// <summary>Where a signing key is on its way (R36): made, then its record published, then active, then retired.</summary>
public enum SigningKeyState { New, Active, Retired }

/// <summary>A signing key as an operator sees it; its private half is not in it.</summary>
/// <param name="Algorithm"><c>rsa-sha256</c> or <c>ed25519-sha256</c>.</param>
/// <param name="Record">The TXT value to publish at <see cref="RecordName"/>.</param>
/// <param name="RetiredAt">When it stopped signing.</param>
public sealed record SigningKey(string Domain, string Selector, string Algorithm, string Record, SigningKeyState State, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt)
{
    /// <summary>Mail may lie in a queue for days, and is verified when it is delivered.</summary>
    private static readonly TimeSpan RecordOutlives = TimeSpan.FromDays(7);

    public string RecordName => $"{Selector}._domainkey.{Domain}";

    /// <summary>The record in strings of at most 255 octets, as zone files want it.</summary>
    public IReadOnlyList<string> RecordStrings => [.. Record.Chunk(255).Select(chars => new string(chars))];

    /// <summary>From when on the record may be taken out of DNS; null while the key signs or may yet.</summary>
    public DateTimeOffset? RemovableAt => RetiredAt + RecordOutlives;
}
