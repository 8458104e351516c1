using CrankMailer.Model;

namespace CrankMailer.Rendering;

/// <summary>
/// An issue after phase 1: everything of it stands, and only the personal holes are open (design §4). The same issue, publication, theme
/// and options give the same bytes (R25).
/// </summary>
public sealed record RenderedIssue
{
    /// <summary>What the theme made before MJML, for theme authors.</summary>
    public required string Mjml { get; init; }

    /// <summary>Phase-2 template. Empty when a problem is an error of the theme.</summary>
    public required string Html { get; init; }

    /// <summary>Phase-2 template, broken into lines of at most 72 columns, LF.</summary>
    public required string Text { get; init; }

    /// <summary>Phase-2 template of one line.</summary>
    public required string Subject { get; init; }

    /// <summary>Plain text with no holes: what an inbox shows after the subject.</summary>
    public required string Preheader { get; init; }

    /// <summary>Every http(s) link of the HTML that is no personal one, in order. Its number is that of <c>/c/{token}/{n}</c>.</summary>
    public required IReadOnlyList<RenderedLink> Links { get; init; }

    /// <summary>Name and version of the theme, part of the Edition's hash.</summary>
    public required string ThemeName { get; init; }
    public required string ThemeVersion { get; init; }
    public required IReadOnlyList<Problem> Problems { get; init; }

    public bool HasErrors => Problems.Any(p => p.Severity == Severity.Error);
}

/// <summary>A link of the edition.</summary>
/// <param name="Number">1-based place in the HTML.</param>
/// <param name="Url">The address as written, without HTML escapes.</param>
/// <param name="ItemId">The item it belongs to; null for the mail's furniture and for items not saved yet.</param>
/// <param name="Publisher">The cited publisher, where it is a source.</param>
public sealed record RenderedLink(int Number, string Url, string? ItemId, string? Publisher);
