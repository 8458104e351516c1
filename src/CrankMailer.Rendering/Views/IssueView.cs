using CrankMailer.Rendering.Prose;

namespace CrankMailer.Rendering.Views;

/// <summary>
/// <c>issue</c> in a theme. All text is ready for the template it is used in: HTML in issue.mjml, plain text in issue.txt. What is absent
/// is null, which is false in <c>if</c>.
/// </summary>
internal sealed record IssueView
{
    public required string Title { get; init; }

    /// <summary>
    /// What the title says after the publication's name: "June 2026" of "Harbor Brief | June 2026". Null where it does not begin with the
    /// name, so that a masthead can print name and title without saying the name twice.
    /// </summary>
    public string? TitleAfterName { get; init; }
    public required string Subject { get; init; }
    public required string Preheader { get; init; }

    /// <summary>What it is about, in the issue's language: "June 2026".</summary>
    public string? Period { get; init; }
    public int? Number { get; init; }
    public required string Lang { get; init; }
    public required string Dir { get; init; }

    /// <summary>The side lines begin at: <c>left</c>, or <c>right</c> in Arabic, Hebrew and their like.</summary>
    public required string Start { get; init; }
    public required string End { get; init; }
    public ImageView? Image { get; init; }
    public string? Intro { get; init; }

    /// <summary>Addresses of the links in picture and introduction, in plain text only.</summary>
    public required IReadOnlyList<NumberedLink> Links { get; init; }
    public required IReadOnlyList<SectionView> Sections { get; init; }
    public required IReadOnlyList<MastheadView> Masthead { get; init; }
    public required IReadOnlyList<ErratumView> Errata { get; init; }

    /// <summary>Where the issue stands in the public archive.</summary>
    public required string ArchiveUrl { get; init; }
}

/// <summary>A section; which of the fields are there is decided by <c>kind</c>.</summary>
internal sealed record SectionView
{
    public required string Kind { get; init; }

    /// <summary>1-based.</summary>
    public required int Number { get; init; }

    /// <summary>Unique within the mail, for the table of contents.</summary>
    public required string Anchor { get; init; }
    public string? Heading { get; init; }

    /// <summary>Heading level of its items: 3, or 2 where the section has no heading, so that no level is skipped (R144).</summary>
    public required int ItemLevel { get; init; }
    public string? Lead { get; init; }
    public string? Tail { get; init; }
    public IReadOnlyList<StoryView> Stories { get; init; } = [];

    /// <summary>Briefs, readings or events.</summary>
    public IReadOnlyList<object> Items { get; init; } = [];
    public string? Body { get; init; }
    public ImageView? Image { get; init; }
    public string? Label { get; init; }
    public string? Url { get; init; }
    public int? UrlNumber { get; init; }

    /// <summary>Addresses of the section's links, in plain text only.</summary>
    public IReadOnlyList<NumberedLink> Links { get; init; } = [];
}

internal sealed record MastheadView(string Role, string Name, string? Email, string? EmailUrl);

/// <summary>A correction, dated.</summary>
internal sealed record ErratumView(string Date, string Text);
