using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace CrankMailer.Browser;

/// <summary>axe finds nothing serious or critical on any page, light or dark. It sees what a program can see; the rest is for people's eyes.</summary>
public sealed class AccessTests(DemoSite site)
{
    private const string Contrast = "color-contrast";

    [Theory, InlineData(ColorScheme.Light, 1280), InlineData(ColorScheme.Dark, 1280), InlineData(ColorScheme.Light, 375)]
    public async Task Every_page_is_free_of_serious_findings(ColorScheme scheme, int width)
    {
        var places = await Places.AllAsync(site);
        await using var editor = await site.EditorAsync(new Look(width, 860, scheme));
        var page = await editor.NewPageAsync();
        var findings = new List<string>();
        var options = OptionsFor(scheme, width);
        foreach (var (name, path) in places)
        {
            await page.GotoAsync(path);
            var result = await page.RunAxe(options);
            findings.AddRange(from rule in result.Violations
                              where rule.Impact is "serious" or "critical"
                              from node in rule.Nodes.Take(3)
                              select $"{name}: {rule.Id} ({rule.Impact}): {node.Html}");
            if (width < 400 && await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth")) findings.Add($"{name}: wider than the phone");
        }
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    // Contrast is by far the dearest rule, and the only one that the theme decides; the width decides all but it. So each is asked where it can differ.
    // axe never ends on a page with a sandboxed frame; the mail in it has tests of its own.
    private static AxeRunOptions OptionsFor(ColorScheme scheme, int width) => new()
    {
        Iframes = false,
        ResultTypes = [ResultType.Violations],
        RunOnly = scheme == ColorScheme.Dark ? new() { Type = "rule", Values = [Contrast] } : null,
        Rules = width < 400 ? new() { [Contrast] = new() { Enabled = false } } : null,
    };
}
