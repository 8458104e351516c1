namespace CrankMailer.Rendering.Prose;

/// <summary>Which field of the issue is being written: problems are shown beside it and clicks counted for its item.</summary>
/// <param name="Path">Path into the document, such as <c>sections[0].stories[1].body</c>.</param>
/// <param name="ItemId">Id of the section or item; null before the first save.</param>
/// <param name="Publisher">The cited publisher, for a source.</param>
internal sealed record Place(string Path, string? ItemId = null, string? Publisher = null)
{
    public Place Field(string name) => this with { Path = Path.Length == 0 ? name : $"{Path}.{name}" };
}
