namespace CrankMailer.Model.Operations;

/// <summary>The one row that says which installation this database is (design §3), and its secrets that never rotate.</summary>
public sealed class Installation
{
    /// <summary>Always 1.</summary>
    public int Id { get; set; } = 1;

    /// <summary>Mirrored in the data folder or in <c>CRANKMAILER_INSTALLATION</c>; where they differ the database was restored, cloned or moved.</summary>
    public string InstallationId { get; set; } = "";

    /// <summary>Grows with every start that sends; mirrored in the data folder on SQLite.</summary>
    public long SendEpoch { get; set; }

    /// <summary>Key of <see cref="Audience.Subscriber.AddressHash"/>, wrapped by data protection. Never rotated, part of every backup.</summary>
    public byte[] SuppressionKey { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
}
