using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Drafts;

internal enum DraftLineKind
{
    Text,
    Heading,
    Item,
    Picture,

    /// <summary>Block Markdown to be kept as it is: a table, code, a quotation.</summary>
    Block,
}

/// <summary>One paragraph of a draft, whatever it was written in. Blank lines are gone: they say nothing reliable.</summary>
/// <param name="Markdown">Inline Markdown that prints <paramref name="Plain"/>.</param>
/// <param name="Line">1-based line or paragraph of the draft.</param>
/// <param name="Level">Of a heading.</param>
internal sealed record DraftLine(DraftLineKind Kind, string Markdown, string Plain, int Line, int Level = 0)
{
    public int WordCount => DraftText.Spaced(Plain).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>The line as it stood, with its dash.</summary>
    public string Original { get; init; } = Plain;

    /// <summary>The whole line is bold: in a word processor that is how headlines look.</summary>
    public bool IsStrong { get; init; }

    /// <summary>For <see cref="DraftLineKind.Picture"/>.</summary>
    public IssueImage? Image { get; init; }

    /// <summary>A dash stood before it where people write none for lists in a text, so it is an item on its own.</summary>
    public bool HasLongDash { get; init; }
}
