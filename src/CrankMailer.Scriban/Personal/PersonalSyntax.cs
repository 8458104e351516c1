using System.Globalization;

namespace CrankMailer.Scriban.Personal;

/// <summary>What a personal text is, and what it may say.</summary>
public sealed record PersonalSyntax
{
    public PersonalMedium Medium { get; init; } = PersonalMedium.Html;

    /// <summary>
    /// Paths whose value is a whole URL of ours: written into a link as it is, where any other hole is percent-encoded. A name, or a
    /// name and <c>.*</c>.
    /// </summary>
    public IReadOnlyList<string> SafeUrls { get; init; } = ["links.*"];

    /// <summary>Paths whose value is HTML already; only they may be written through <c>html.raw</c>. None by default.</summary>
    public IReadOnlyList<string> SafeHtml { get; init; } = [];

    /// <summary>Hosts whose URLs may carry a hole. Null allows every host; a URL without a host is always ours.</summary>
    public IReadOnlyCollection<string>? UrlHosts { get; init; }

    /// <summary>For numbers and dates written by holes.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    internal static bool Matches(IReadOnlyList<string> patterns, string path) => patterns.Any(p =>
        p.EndsWith(".*", StringComparison.Ordinal) ? path.StartsWith(p[..^1], StringComparison.Ordinal) : p == path);
}

/// <summary>Html escapes by the place of each hole; Text writes plain text; Header plain text on one line.</summary>
public enum PersonalMedium { Html, Text, Header }
