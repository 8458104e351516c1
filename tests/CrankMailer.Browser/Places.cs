namespace CrankMailer.Browser;

/// <summary>The pages that are looked at, those behind personal links included. A reader and a campaign are made for them, once.</summary>
internal static class Places
{
    private const string Email = "ottoline.grebe@places.example";
    private static readonly SemaphoreSlim Making = new(1, 1);
    private static Task<IReadOnlyList<(string Name, string Path)>>? _all;

    public static async Task<IReadOnlyList<(string Name, string Path)>> AllAsync(DemoSite site)
    {
        await Making.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return await (_all ??= MakeAsync(site)); // made once, and failed once: all who ask are told the same
        }
        finally
        {
            Making.Release();
        }
    }

    private static async Task<IReadOnlyList<(string Name, string Path)>> MakeAsync(DemoSite site)
    {
        await using var visitor = await site.VisitorAsync(scripts: false);
        var reader = await visitor.NewPageAsync();
        await Reader.SignUpAsync(reader, Email, "Harbour notices");
        var confirm = await Reader.MailedPathAsync(site, Email, "/confirm/");
        await reader.GotoAsync(confirm);
        await reader.GetByRole(AriaRole.Button, new() { Name = "Yes, subscribe me" }).ClickAsync();
        await Assertions.Expect(reader.Locator("h1")).ToHaveTextAsync("You are subscribed");
        var preferences = await reader.Locator("main").GetByRole(AriaRole.Link, new() { Name = "My settings" }).GetAttributeAsync("href") ?? "";

        await using var editor = await site.EditorAsync();
        var page = await editor.NewPageAsync();
        await page.GotoAsync("/ops/campaigns/new");
        var issue = (await page.GetByLabel("Issue", new() { Exact = true }).Locator("option").First.InnerTextAsync()).Trim();
        var campaign = await Campaigns.StartAsync(page, issue, "Harbour notices");
        await Reader.SearchAsync(page, "/outbox", Email);
        await Until.TrueAsync("the campaign's mail to our reader", async () =>
        {
            if (await page.Locator("tbody tr").CountAsync() > 2) return true; // after the one to confirm and the one to welcome
            await page.ReloadAsync();
            return false;
        });
        var mail = await Reader.CaughtAsync(page, Email);
        var unsubscribe = await Reader.MailedPathAsync(site, Email, "/u/");
        await page.GotoAsync("/sundry-tides/archive");
        var past = await page.Locator(".issues a").First.GetAttributeAsync("href") ?? "";
        await page.GotoAsync("/editor");
        var write = await page.Locator("tbody tr").Filter(new() { HasText = "November" }).Locator("a").First.GetAttributeAsync("href") ?? "";
        await Campaigns.MakeAsync(page, issue, "The monthly issue");
        var draft = new Uri(page.Url).AbsolutePath;
        await Reader.SearchAsync(page, "/ops/search", "grebe");
        var search = new Uri(page.Url).PathAndQuery;
        return
        [
            ("front", "/"), ("publication", "/sundry-tides"), ("subscribe", "/sundry-tides/subscribe"), ("archive", "/sundry-tides/archive"), ("issue", past), ("link", "/sundry-tides/link"),
            ("confirm-used", confirm), ("preferences", preferences), ("unsubscribe", unsubscribe), ("not-found", "/sundry-tides/archive/1900-01"), ("sign-in", "/sign-in"),
            ("editor", "/editor"), ("write", write), ("approve", $"{write}/approve"), ("preview", $"{write}/preview"), ("history", $"{write}/history"), ("source", $"{write}/source"), ("editor-new", "/editor/new"),
            ("audience", "/audience"), ("people", "/audience/people"), ("person", "/audience/people/3"), ("import", "/audience/import"), ("suppression", "/audience/suppression"), ("list", "/audience/lists/notices"),
            ("ops", "/ops"), ("campaign", campaign), ("campaign-draft", draft), ("campaign-ask", $"{draft}?ask=start"), ("campaign-new", "/ops/campaigns/new"), ("search", search), ("jobs", "/ops/jobs"), ("audit", "/ops/audit"),
            ("settings", "/settings"), ("settings-all", "/settings/all"), ("settings-domain", "/settings/domain"), ("settings-relays", "/settings/relays"), ("settings-people", "/settings/people"),
            ("outbox", "/outbox"), ("mail", mail), ("mail-text", $"{mail}?view=text"),
        ];
    }
}
