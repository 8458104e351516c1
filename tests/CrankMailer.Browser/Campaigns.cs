using System.Text.RegularExpressions;

namespace CrankMailer.Browser;

/// <summary>What an operator does to send an approved issue.</summary>
internal static class Campaigns
{
    /// <summary>From the form to the running campaign; the page stands on it afterwards.</summary>
    /// <returns>The campaign's path.</returns>
    public static async Task<string> StartAsync(IPage page, string issue, string list)
    {
        await MakeAsync(page, issue, list);
        var path = new Uri(page.Url).AbsolutePath;
        await page.GetByRole(AriaRole.Link, new() { Name = "Send now" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send now" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains('?', StringComparison.Ordinal));
        return path;
    }

    /// <summary>The box that chooses a list; the one that leaves its people out names it, too.</summary>
    public static ILocator ListBox(IPage page, string list) => page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new($"^{Regex.Escape(list)}") });

    public static async Task MakeAsync(IPage page, string issue, string list)
    {
        await page.GotoAsync("/ops/campaigns/new");
        await page.GetByLabel("Issue", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = issue });
        await ListBox(page, list).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the campaign" }).ClickAsync();
        await page.WaitForURLAsync(url => url.Split('/')[^1].All(char.IsAsciiDigit));
    }
}
