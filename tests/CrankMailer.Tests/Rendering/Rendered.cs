using System.Runtime.CompilerServices;
using System.Text.Json;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Themes;

namespace CrankMailer.Tests.Rendering;

/// <summary>What the tests of this stage share: the repository's templates and its golden cases.</summary>
internal static class Rendered
{
    private static readonly IssueRenderer Renderer = new();
    private static readonly Lazy<Theme> ClassicTheme = new(() => ThemeFolder.Load(Path.Combine(Templates, "themes", "classic")).Get());

    public static string Templates => Path.Combine(Root(), "templates");

    /// <summary>In the source tree, so that UPDATE_GOLDEN writes where git sees it.</summary>
    public static string Golden => Path.Combine(Root(), "tests", "CrankMailer.Tests", "Rendering", "cases", "golden");

    public static Theme Classic => ClassicTheme.Value;

    public static Publication Publication(string golden) =>
        JsonSerializer.Deserialize<Publication>(File.ReadAllText(Path.Combine(Golden, golden, "publication.json")), IssueJson.Options)!;

    public static Issue Issue(string golden) => IssueJson.Read(File.ReadAllText(Path.Combine(Golden, golden, "issue.json")));

    public static RenderedIssue Of(Issue issue, Publication publication, RenderOptions? options = null) => Renderer.Render(issue, publication, Classic, options ?? RenderOptions.Default);

    public static RenderedIssue Of(string golden) => Of(Issue(golden), Publication(golden));

    private static string Root([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "CrankMailer.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No CrankMailer.sln above {here}.");
    }
}
