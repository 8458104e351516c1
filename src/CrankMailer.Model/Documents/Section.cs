using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>One section of an issue. The heading is free; the kind decides the layout.</summary>
[JsonConverter(typeof(SectionJsonConverter))]
public abstract record Section
{
    /// <summary>The word that stands in <c>{.kind}</c> of the Markdown file and in <c>kind</c> of the JSON.</summary>
    [JsonPropertyOrder(-4)] public abstract string Kind { get; }

    /// <summary>Anchors, comments, versions and click figures hang on it. Null until the first save.</summary>
    [JsonPropertyOrder(-3)] public string? Id { get; init; }
    [JsonPropertyOrder(-2)] public string? Heading { get; init; }

    /// <summary>Block Markdown before the first item.</summary>
    [JsonPropertyOrder(-1)] public string? Lead { get; init; }

    /// <summary>Block Markdown after the last item.</summary>
    [JsonPropertyOrder(90)] public string? Tail { get; init; }

    [JsonPropertyOrder(99)] [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>Full stories, each with a headline.</summary>
public sealed record StoriesSection : Section
{
    [JsonPropertyOrder(-4)] public override string Kind => "stories";
    public IReadOnlyList<Story> Stories { get; init; } = [];
}

/// <summary>One or two sentences each, with cited sources.</summary>
public sealed record BriefsSection : Section
{
    [JsonPropertyOrder(-4)] public override string Kind => "briefs";
    public IReadOnlyList<Brief> Items { get; init; } = [];
}

/// <summary>Analysis or perspectives to read elsewhere: a title and the printed byline.</summary>
public sealed record ReadingsSection : Section
{
    [JsonPropertyOrder(-4)] public override string Kind => "readings";
    public IReadOnlyList<Reading> Items { get; init; } = [];
}

/// <summary>Dates.</summary>
public sealed record EventsSection : Section
{
    [JsonPropertyOrder(-4)] public override string Kind => "events";
    public IReadOnlyList<IssueEvent> Items { get; init; } = [];
}

/// <summary>Free text.</summary>
public sealed record ProseSection : Section
{
    [JsonPropertyOrder(-4)] public override string Kind => "prose";
    public string? Body { get; init; }
}

/// <summary>One picture with its caption.</summary>
public sealed record PictureSection : Section
{
    [JsonPropertyOrder(-4)] public override string Kind => "picture";
    public IssueImage? Image { get; init; }
}

/// <summary>One link as a button.</summary>
public sealed record ButtonSection : Section
{
    [JsonPropertyOrder(-4)] public override string Kind => "button";
    public string? Label { get; init; }
    public string? Url { get; init; }
}

/// <summary>A kind this version does not know. Its content is kept as it came (<see cref="Section.Unknown"/>; from Markdown under the key <c>markdown</c>).</summary>
public sealed record UnknownSection([property: JsonIgnore] string Name) : Section
{
    [JsonPropertyOrder(-4)] public override string Kind => Name;
}
