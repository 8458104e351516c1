using System.Runtime.CompilerServices;
using CrankMailer.Mjml;

namespace CrankMailer.Tests.Mjml;

/// <summary>
/// Each component with each of its attributes: cases/&lt;component&gt;/NAME.mjml gives NAME.html, byte for byte.
/// UPDATE_GOLDEN=1 rewrites the HTML; the difference is to be reviewed against mjml 5.4.1.
/// </summary>
public sealed class ComponentCasesTests
{
    public static TheoryData<string> Cases() =>
        [.. Directory.EnumerateFiles(CasesFolder(), "*.mjml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(CasesFolder(), file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_gives_its_html(string name)
    {
        var file = Path.Combine(CasesFolder(), name);
        var html = MjmlCompiler.Render(File.ReadAllText(file));
        var golden = Path.ChangeExtension(file, ".html");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(golden, html);
        }

        Assert.Equal(File.ReadAllText(golden), html);
    }

    [Fact]
    public void Every_component_has_a_case()
    {
        var folders = Directory.EnumerateDirectories(CasesFolder()).Select(Path.GetFileName).ToHashSet();
        var missing = CrankMailer.Mjml.Components.MjmlComponents.Standard.All.Select(c => c.Tag)
            .Except(["mjml", "mj-all", "mj-class", "mj-selector", "mj-html-attribute", "mj-title", "mj-preview", "mj-font", "mj-breakpoint"])
            .Where(tag => !folders.Contains(tag));
        Assert.Empty(missing);
    }

    internal static string CasesFolder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here) ?? "", "cases");
}
