namespace CrankMailer.Audience.Import;

/// <summary>What a row says of the person's state at where it comes from.</summary>
public enum ImportedState { Subscribed, Pending, Paused, Left, Suppressed }

/// <summary>One row as the reader of its format gives it: texts, nothing judged yet.</summary>
/// <param name="Line">1-based line in the file where the row begins.</param>
/// <param name="Fault">The row cannot be read at all; everything else is empty then.</param>
public sealed record ImportRow(int Line, string? Fault = null)
{
    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Lang { get; init; }
    public string? TimeZone { get; init; }

    /// <summary>Slug of a list, from our own export; joins the order's lists.</summary>
    public string? List { get; init; }

    /// <summary>JSON object, or null.</summary>
    public string? Attributes { get; init; }
    public ImportedState State { get; init; }

    /// <summary>When this person agreed, where the file says so.</summary>
    public DateTimeOffset? ConsentAt { get; init; }
}
