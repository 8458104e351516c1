namespace CrankMailer.Browser;

/// <summary>An editor's whole road: from the link on the terminal to mail in every inbox of a list.</summary>
public sealed class EditorTests(DemoSite site)
{
    private const string Headline = "The ferry bell rings thrice";

    [Fact]
    public async Task An_editor_edits_approves_and_sends_the_next_issue()
    {
        await using var editor = await site.EditorAsync();
        var page = await editor.NewPageAsync();
        await page.GotoAsync("/editor");
        var link = page.Locator("tbody tr").Filter(new() { HasText = "November" }).Locator("a").First;
        var issue = (await link.InnerTextAsync()).Trim();
        await link.ClickAsync();

        var story = page.Locator("details").Filter(new() { Has = page.GetByLabel("Headline", new() { Exact = true }) }).First;
        await story.Locator("summary").First.ClickAsync();
        var headline = story.GetByLabel("Headline", new() { Exact = true });
        await headline.FillAsync(Headline);
        await Assertions.Expect(page.FrameLocator("iframe.mail").GetByText(Headline).First).ToBeVisibleAsync(); // before it is saved
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved");
        await Assertions.Expect(headline).ToHaveValueAsync(Headline);

        await page.GotoAsync($"{new Uri(page.Url).AbsolutePath}/approve");
        await Assertions.Expect(page.FrameLocator("iframe.mail").GetByText(Headline).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1 .pill")).ToHaveTextAsync("Approved");

        await page.GotoAsync("/ops/campaigns/new");
        await page.GetByLabel("Issue", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = issue });
        await Campaigns.ListBox(page, "The monthly issue").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Count the people" }).ClickAsync();
        await Assertions.Expect(page.Locator(".counted")).ToContainTextAsync("people would get it now");
        await Campaigns.StartAsync(page, issue, "The monthly issue");

        await Assertions.Expect(page.Locator("h1 .pill")).ToHaveTextAsync("Done", new() { Timeout = 180_000 });
        var progress = await page.Locator("[data-progress]").InnerTextAsync();
        Assert.Equal(progress.Split(" of ")[1], progress.Split(" of ")[0]);
        await Assertions.Expect(page.GetByText("The books balance")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_sign_in_link_works_once()
    {
        await using (await site.EditorAsync())
        {
            await using var other = await site.VisitorAsync();
            var page = await other.NewPageAsync();
            await page.GotoAsync(site.SignInLink);
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("This link does not work");
        }
    }

    [Fact]
    public async Task A_caught_mail_is_read_as_html_as_text_and_as_source()
    {
        const string Email = "isolde.knot@outbox.example";
        await using var visitor = await site.VisitorAsync(scripts: false);
        await Reader.SignUpAsync(await visitor.NewPageAsync(), Email);
        await using var editor = await site.EditorAsync();
        var page = await editor.NewPageAsync();
        await page.GotoAsync(await Reader.CaughtAsync(page, Email));
        await Assertions.Expect(page.FrameLocator("iframe").GetByRole(AriaRole.Link).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Plain text" }).ClickAsync();
        await Assertions.Expect(page.Locator("pre")).ToContainTextAsync("/confirm/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Source" }).ClickAsync();
        await Assertions.Expect(page.Locator("pre")).ToContainTextAsync("DKIM-Signature:");
    }
}
