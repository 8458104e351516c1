using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrankMailer.Model.Documents;

/// <summary>
/// What stays the same from issue to issue: <c>publication.yaml</c> beside the issue file, the form in Settings, the API.
/// <c>publication.*</c> in templates means these fields.
/// </summary>
public sealed record Publication
{
    /// <summary>First segment of its public addresses: lower-case letters, digits and hyphens; no word of our own routes.</summary>
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Tagline { get; init; }

    /// <summary>BCP 47 tag of the language it is written in.</summary>
    public string Lang { get; init; } = "en";

    /// <summary>IANA zone in which its dates and times are meant.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>Root of all its mailed links, without a slash at the end: <c>https://news.example.org</c> or <c>https://example.org/news</c>.</summary>
    public string? PublicUrl { get; init; }
    public Sender Sender { get; init; } = new();
    public Organisation Organisation { get; init; } = new();

    /// <summary>Pattern with <c>{year}</c>.</summary>
    public string? Copyright { get; init; }
    public IReadOnlyList<SocialLink> Social { get; init; } = [];

    /// <summary>Why the reader gets this mail: one sentence for the footer (R163).</summary>
    public string? Why { get; init; }

    /// <summary>Pattern of an issue's title: <c>{name}</c>, <c>{month}</c>, <c>{year}</c>, <c>{number}</c>.</summary>
    public string? Title { get; init; }

    /// <summary>The standing introduction a new issue starts with. Block Markdown.</summary>
    public string? Intro { get; init; }
    public IReadOnlyList<MastheadEntry> Masthead { get; init; } = [];

    /// <summary>The sections a new issue starts with.</summary>
    public IReadOnlyList<SkeletonSection> Skeleton { get; init; } = [];
    public ThemeChoice Theme { get; init; } = new();
    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>Whom the mail is from: exactly one mailbox (R12).</summary>
public sealed record Sender
{
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? ReplyTo { get; init; }
}

/// <summary>Who is responsible (R163).</summary>
public sealed record Organisation
{
    public string? Name { get; init; }
    public IReadOnlyList<string> PostalAddress { get; init; } = [];
    public string? Website { get; init; }
    public string? ImprintUrl { get; init; }
    public string? PrivacyUrl { get; init; }

    /// <summary>An e-mail address or https page where a reader reaches a person.</summary>
    public string? Contact { get; init; }
}

public sealed record SocialLink
{
    public string Network { get; init; } = "";
    public string Url { get; init; } = "";
    public string? Label { get; init; }
}

/// <summary>Kind and heading pattern (<c>{month} {year} Highlights</c>) of a section a new issue starts with.</summary>
public sealed record SkeletonSection
{
    public string Kind { get; init; } = "";
    public string? Heading { get; init; }
}

public sealed record ThemeChoice
{
    public string Name { get; init; } = "classic";
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
