namespace CrankMailer.Hosting;

/// <summary>Which database. Nothing set: SQLite in the data folder.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>An Npgsql connection string, such as <c>Host=db;Database=crankmailer;Username=crankmailer</c>; empty for SQLite.
    /// Also from the environment: CRANKMAILER_Database__Postgres.</summary>
    public string? Postgres { get; init; }
}
