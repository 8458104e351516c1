using System.Security.Cryptography;
using CrankMailer.Authoring;
using CrankMailer.Authoring.Checks;
using CrankMailer.Authoring.Workflow.Pictures;
using CrankMailer.Hosting;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Themes;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Commands;

/// <summary>An issue file rendered and checked without a database.</summary>
internal sealed record IssueThroughTheme(Issue Issue, Publication Publication, RenderedIssue? Rendered, IReadOnlyList<Problem> Problems)
{
    /// <summary>Files beside the issue by the address they will have in the mail.</summary>
    public IReadOnlyDictionary<string, string> Pictures { get; init; } = new Dictionary<string, string>();

    /// <param name="themeOption">Name or folder of a theme; the publication's where null.</param>
    /// <exception cref="ProblemException">The issue or its publication cannot be read.</exception>
    public static async Task<IssueThroughTheme> ReadAsync(string file, string? publicationOption, string? themeOption, string? templatesOption, CancellationToken ct)
    {
        var input = await InputText.ReadAsync(file, ct);
        var (issue, problems) = IssueFile.Read(input.Text, input.Name);
        if (issue is null) throw new ProblemException(problems);
        var publication = await PublicationFiles.FindAsync(publicationOption, file, ct)
            ?? new Publication { Slug = issue.Publication ?? "publication", Name = issue.Publication ?? "Publication" };
        return Of(issue, problems, file, publication, themeOption, templatesOption);
    }

    /// <param name="file">Beside which its pictures lie; - for the current folder.</param>
    public static IssueThroughTheme Of(Issue issue, IReadOnlyList<Problem> problems, string file, Publication publication, string? themeOption, string? templatesOption)
    {
        var loaded = LoadTheme(themeOption ?? publication.Theme.Name, templatesOption);
        if (loaded.Theme is not { } theme) return new IssueThroughTheme(issue, publication, null, [.. problems, .. loaded.Problems]);
        var folder = file == "-" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";
        var pictures = new Dictionary<string, string>();
        var rendered = new IssueRenderer().Render(issue, publication, theme, new RenderOptions { Pictures = src => FindPicture(src, folder, publication, pictures) });
        var checks = IssueChecks.Run(issue, publication, RenderedFacts.Of(rendered));
        // The reader told of an unknown key already, with its line.
        var told = problems.Where(p => p.Item is not null).Select(p => (p.Code, p.Item)).ToHashSet();
        return new IssueThroughTheme(issue, publication, rendered, [.. problems, .. loaded.Problems, .. checks.Where(c => !told.Contains((c.Code, c.Item)))]) { Pictures = pictures };
    }

    private static LoadedTheme LoadTheme(string theme, string? templatesOption) =>
        Directory.Exists(theme) && File.Exists(Path.Combine(theme, Theme.ManifestFile)) ? ThemeFolder.Load(theme) : new ThemeCatalog(TemplatesFolder.Resolve(templatesOption).Themes).Load(theme);

    /// <summary>A file beside the issue gets the address it will have once the issue is saved.</summary>
    private static Picture? FindPicture(string src, string folder, Publication publication, Dictionary<string, string> pictures)
    {
        if (IssueImages.FileOf(src, folder) is not { } file || PictureReader.Find(File.ReadAllBytes(file)) is not { } info) return null;
        var address = $"{PublicAddress.Of(publication, null).Root}/m/{Convert.ToHexStringLower(SHA256.HashData(info.Clean))}.{info.Extension}";
        pictures[address] = file;
        return new Picture(address, info.Width, info.Height);
    }
}
