using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>
/// What editors author: one number of the publication, as a value. It reads and writes losslessly as JSON
/// (<see cref="IssueJson"/>) and as one Markdown file (CrankMailer.Authoring). Absent values are null; an empty list is "none".
/// <c>title</c>, <c>headline</c>, <c>text</c>, <c>byline</c> are inline Markdown; <c>intro</c>, <c>lead</c>, <c>tail</c>, <c>body</c> block Markdown.
/// </summary>
public sealed record Issue
{
    /// <summary>Slug of the publication this issue belongs to.</summary>
    public string? Publication { get; init; }
    public string? Title { get; init; }

    /// <summary>What the issue is about: <c>2026-06</c>, <c>2026-06-18</c> or <c>2026</c>. The day of publishing belongs to the campaign.</summary>
    public string? Period { get; init; }
    public int? Number { get; init; }

    /// <summary>Last part of the archive's address; the period where null. Fixed once published.</summary>
    public string? Slug { get; init; }

    /// <summary>BCP 47 tag; the publication's language where null.</summary>
    public string? Lang { get; init; }

    /// <summary>Slug of the issue this one is a translation of.</summary>
    public string? TranslationOf { get; init; }
    public string? Subject { get; init; }
    public string? Preheader { get; init; }
    public string? Intro { get; init; }
    public IssueImage? Image { get; init; }
    public IReadOnlyList<Section> Sections { get; init; } = [];
    public IReadOnlyList<MastheadEntry> Masthead { get; init; } = [];
    public IReadOnlyList<Erratum> Errata { get; init; } = [];

    /// <summary>Keys this version does not know. Kept through every reading and writing, and warned of by the checks.</summary>
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}
