using CrankMailer.Authoring;
using CrankMailer.Authoring.Checks;
using CrankMailer.Authoring.Workflow.Pictures;
using CrankMailer.Hosting;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Themes;

namespace CrankMailer.Commands;

/// <summary>An issue file rendered and checked without a database.</summary>
internal sealed record IssueThroughTheme(Issue Issue, Publication Publication, RenderedIssue? Rendered, IReadOnlyList<Problem> Problems)
{
    /// <param name="themeOption">Name or folder of a theme; the publication's where null.</param>
    /// <exception cref="ProblemException">The issue or its publication cannot be read.</exception>
    public static async Task<IssueThroughTheme> ReadAsync(string file, string? publicationOption, string? themeOption, string? templatesOption, CancellationToken ct)
    {
        var input = await InputText.ReadAsync(file, ct);
        var (issue, problems) = IssueFile.Read(input.Text, input.Name);
        if (issue is null) throw new ProblemException(problems);
        var publication = await PublicationFiles.FindAsync(publicationOption, file, ct)
            ?? new Publication { Slug = issue.Publication ?? "publication", Name = issue.Publication ?? "Publication" };
        var loaded = LoadTheme(themeOption ?? publication.Theme.Name, templatesOption);
        if (loaded.Theme is not { } theme) return new IssueThroughTheme(issue, publication, null, [.. problems, .. loaded.Problems]);
        var folder = file == "-" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";
        var rendered = new IssueRenderer().Render(issue, publication, theme, new RenderOptions { Pictures = src => FindPicture(src, folder) });
        var checks = IssueChecks.Run(issue, publication, RenderedFacts.Of(rendered));
        return new IssueThroughTheme(issue, publication, rendered, [.. problems, .. loaded.Problems, .. checks]);
    }

    private static LoadedTheme LoadTheme(string theme, string? templatesOption) =>
        Directory.Exists(theme) && File.Exists(Path.Combine(theme, Theme.ManifestFile)) ? ThemeFolder.Load(theme) : new ThemeCatalog(TemplatesFolder.Resolve(templatesOption).Themes).Load(theme);

    /// <summary>A file beside the issue: shown from there; stored when the issue is saved.</summary>
    private static Picture? FindPicture(string src, string folder) =>
        IssueImages.FileOf(src, folder) is { } file && PictureReader.Find(File.ReadAllBytes(file)) is { } info ? new Picture(new Uri(file).AbsoluteUri, info.Width, info.Height) : null;
}
