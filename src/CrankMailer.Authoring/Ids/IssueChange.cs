namespace CrankMailer.Authoring.Ids;

/// <summary>What happened to one section or item between two revisions.</summary>
public abstract record IssueChange
{
    private IssueChange(string? id, string path, string label) => (Id, Path, Label) = (id, path, label);

    /// <summary>Of the item; null for the fields of the issue itself.</summary>
    public string? Id { get; }

    /// <summary>In the newer revision; of a removed item in the older one.</summary>
    public string Path { get; }

    /// <summary>Headline, title or text by which a person knows it.</summary>
    public string Label { get; }

    public sealed record Added(string? Id, string Path, string Label) : IssueChange(Id, Path, Label);

    public sealed record Removed(string? Id, string Path, string Label) : IssueChange(Id, Path, Label);

    /// <param name="Fields">Only those that differ.</param>
    public sealed record Changed(string? Id, string Path, string Label, IReadOnlyList<FieldChange> Fields) : IssueChange(Id, Path, Label);

    /// <param name="From">Its path in the older revision.</param>
    public sealed record Moved(string? Id, string Path, string Label, string From) : IssueChange(Id, Path, Label);
}

/// <summary>One field before and after; null where it was absent.</summary>
public sealed record FieldChange(string Name, string? Before, string? After);
