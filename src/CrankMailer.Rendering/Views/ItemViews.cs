namespace CrankMailer.Rendering.Views;

/// <summary><c>section.stories[]</c></summary>
internal sealed record StoryView
{
    public required string Anchor { get; init; }
    public required string Headline { get; init; }

    /// <summary>The headline without markup, to stand inside a link of the table of contents.</summary>
    public required string HeadlineWords { get; init; }
    public string? Url { get; init; }
    public int? UrlNumber { get; init; }
    public string? Byline { get; init; }
    public required string Body { get; init; }
    public ImageView? Image { get; init; }
    public required IReadOnlyList<ErratumView> Errata { get; init; }
}

/// <summary><c>section.items[]</c> of briefs</summary>
internal sealed record BriefView
{
    public required string Text { get; init; }
    public required IReadOnlyList<SourceView> Sources { get; init; }
    public required IReadOnlyList<ErratumView> Errata { get; init; }
}

/// <summary>A cited publisher.</summary>
/// <param name="Url">Null where the source has no address: print the name alone.</param>
/// <param name="UrlNumber">The link's number, in plain text only.</param>
/// <param name="Label">Accessible name: the visible name, then the item's first words, so that ten links "Reuters" differ to the ear.</param>
internal sealed record SourceView(string Name, string? Url, int? UrlNumber, string Label);

/// <summary><c>section.items[]</c> of readings</summary>
internal sealed record ReadingView
{
    public required string Title { get; init; }
    public string? Url { get; init; }
    public int? UrlNumber { get; init; }

    /// <summary>Language and direction of the title where they differ from the issue's.</summary>
    public string? Lang { get; init; }
    public string? Dir { get; init; }
    public string? Byline { get; init; }
    public required IReadOnlyList<ErratumView> Errata { get; init; }
}

/// <summary><c>section.items[]</c> of events</summary>
internal sealed record EventView
{
    public required string Title { get; init; }
    public string? Url { get; init; }
    public int? UrlNumber { get; init; }

    /// <summary>Date and time in words, local time with its zone.</summary>
    public string? When { get; init; }
    public string? Place { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<ErratumView> Errata { get; init; }
}

/// <summary>A picture. In plain text <see cref="Src"/> is null.</summary>
internal sealed record ImageView
{
    public string? Src { get; init; }
    public required string Alt { get; init; }

    /// <summary>Natural width in px, where known.</summary>
    public int? Width { get; init; }
    public string? Credit { get; init; }
    public string? Caption { get; init; }
    public string? Url { get; init; }
    public int? UrlNumber { get; init; }
}
