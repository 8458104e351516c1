namespace CrankMailer.Audience.Import;

/// <summary>What is to be imported, and the declaration without which nothing is (R167).</summary>
public sealed record ImportOrder
{
    public required int PublicationId { get; init; }

    /// <summary>As named in reports and in the consent log; never opened by us.</summary>
    public required string FileName { get; init; }

    /// <summary>Slugs of the lists that everybody in the file is put on, unless the row is one who left.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>Where and how these people agreed: <c>sign-up sheet, annual meeting</c>. Required.</summary>
    public string? ConsentSource { get; init; }

    /// <summary>When they agreed, where no column says so for each row. Required.</summary>
    public DateOnly? ConsentDate { get; init; }

    /// <summary>Our field by the file's column: <c>email</c> ← <c>E-Mail</c>. Columns not named are recognised by their header.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Names, languages and attributes of people we know are overwritten; else only gaps are filled.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Reads and reports; writes nothing.</summary>
    public bool DryRun { get; init; }
    public int? UserId { get; init; }
}

/// <summary>How an import went. Kept in memory while it runs: only counts and the first reports.</summary>
public sealed record ImportReport
{
    public long Rows { get; init; }
    public long Added { get; init; }
    public long Updated { get; init; }

    /// <summary>Not put on the lists: suppressed, or left before.</summary>
    public long Skipped { get; init; }
    public long Rejected { get; init; }

    /// <summary>Nothing was read: the order itself or the head of the file cannot be used.</summary>
    public bool Refused { get; init; }

    /// <summary>Reports beyond the ones that were handed out one by one are only counted.</summary>
    public bool DryRun { get; init; }
}
