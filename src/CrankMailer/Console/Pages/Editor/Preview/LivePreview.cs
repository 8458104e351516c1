namespace CrankMailer.Console.Pages.Editor.Preview;

/// <summary>What the live preview's module gets.</summary>
internal sealed record LivePreview(string Html, string Subject, string Preheader, IReadOnlyList<LiveProblem> Problems)
{
    public static LivePreview Of(PreviewCopy preview, string html) => new(
        html, preview.Subject, preview.Preheader,
        [.. preview.Problems.OrderByDescending(p => p.Severity).Take(30).Select(p => new LiveProblem(
            p.Severity.ToString().ToLowerInvariant(), p.Text, ProblemLink.Of(p, "")))]);
}

internal sealed record LiveProblem(string Severity, string Text, string? Href);
