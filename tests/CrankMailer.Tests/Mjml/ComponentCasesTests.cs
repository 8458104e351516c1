using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CrankMailer.Mjml;
using CrankMailer.Mjml.Components;

namespace CrankMailer.Tests.Mjml;

/// <summary>
/// Each component with each of its attributes, and what else was found worth keeping: cases/&lt;component&gt;/NAME.mjml gives
/// NAME.html, byte for byte. What lies in a folder "parts" is there to be included.
/// UPDATE_GOLDEN=1 rewrites the HTML; the difference is to be reviewed against mjml 5.4.1.
/// </summary>
public sealed class ComponentCasesTests
{
    public static TheoryData<string> Cases() =>
        [.. Files().Select(file => Path.GetRelativePath(CasesFolder(), file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_gives_its_html(string name)
    {
        var file = Path.Combine(CasesFolder(), name);
        var result = MjmlCompiler.Compile(File.ReadAllText(file), MjmlOptions.Default with { Files = new MjmlFolder(Path.GetDirectoryName(file) ?? "") });
        Assert.DoesNotContain(result.Problems, p => p.Severity == MjmlSeverity.Error);
        var golden = Path.ChangeExtension(file, ".html");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(golden, result.Html);
        }

        Assert.Equal(File.ReadAllText(golden), result.Html);
    }

    [Fact]
    public void Every_attribute_of_every_component_occurs_in_its_cases()
    {
        var missing = MjmlComponents.Standard.All.SelectMany(component => component.Attributes.All
            .Where(attribute => component.Attributes.IsListed(attribute) && !Regex.IsMatch(TextOf(component.Tag), $@"<{component.Tag}\s[^>]*?\b{attribute.Name}="))
            .Select(attribute => $"{component.Tag} {attribute.Name}"));
        Assert.Empty(missing);
    }

    internal static string CasesFolder(string kind = "", [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here) ?? "", "cases", kind);

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(CasesFolder(), "*.mjml", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/parts/", StringComparison.Ordinal) && !file.Contains("/invalid/", StringComparison.Ordinal));

    // Parts of a head component are shown with it.
    private static string TextOf(string tag)
    {
        var folder = tag switch
        {
            "mj-all" or "mj-class" => "mj-attributes",
            "mj-selector" or "mj-html-attribute" => "mj-html-attributes",
            _ => tag,
        };
        return string.Concat(Directory.EnumerateFiles(CasesFolder(folder), "*.mjml").Select(File.ReadAllText));
    }
}
