namespace CrankMailer.Browser;

/// <summary>A reader's whole road, with scripts and without: nothing on it needs one.</summary>
public sealed class ReaderTests(DemoSite site)
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_reader_signs_up_confirms_changes_leaves_and_comes_back(bool scripts)
    {
        var email = $"wilmot.tern.{(scripts ? "with" : "without")}@road.example";
        await using var visitor = await site.VisitorAsync(Look.Phone, scripts);
        var page = await visitor.NewPageAsync();
        var title = page.Locator("h1");

        await Reader.SignUpAsync(page, email, "Harbour notices");
        await Assertions.Expect(title).ToHaveTextAsync("Look into your mail");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(email);

        await page.GotoAsync(await Reader.MailedPathAsync(site, email, "/confirm/"));
        await Assertions.Expect(title).ToHaveTextAsync("Please confirm");
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, subscribe me" }).ClickAsync();
        await Assertions.Expect(title).ToHaveTextAsync("You are subscribed");
        await Assertions.Expect(page.Locator("main li")).ToHaveTextAsync(["Harbour notices"]);

        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "My settings" }).ClickAsync();
        await Assertions.Expect(title).ToHaveTextAsync("Your settings");
        var notices = page.GetByRole(AriaRole.Checkbox, new() { Name = "Harbour notices" });
        await Assertions.Expect(notices).ToBeCheckedAsync();
        await SaveAsync(page, "Send me nothing until the day below");
        await SaveAsync(page, "Send me every issue");
        var settings = page.Url;

        await SendSomethingAsync();
        await page.GotoAsync(await Reader.MailedPathAsync(site, email, "/u/"));
        await Assertions.Expect(title).ToHaveTextAsync("Unsubscribe");
        await page.ReloadAsync(); // looking changes nothing
        await page.GetByRole(AriaRole.Button, new() { Name = "Unsubscribe", Exact = true }).ClickAsync();
        await Assertions.Expect(title).ToHaveTextAsync("You are unsubscribed");
        await page.GetByRole(AriaRole.Button, new() { Name = "That was a mistake: undo" }).ClickAsync();
        await Assertions.Expect(title).ToHaveTextAsync("Unsubscribe");
        await page.GotoAsync(settings);
        await Assertions.Expect(notices).ToBeCheckedAsync();
    }

    private static async Task SaveAsync(IPage page, string pause)
    {
        await page.GetByLabel(pause).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved");
        await Assertions.Expect(page.GetByLabel(pause)).ToBeCheckedAsync();
    }

    private async Task SendSomethingAsync()
    {
        await using var editor = await site.EditorAsync();
        await Campaigns.StartAsync(await editor.NewPageAsync(), "Sundry Tides | October 2026", "Harbour notices");
    }

    [Fact]
    public async Task A_faulty_form_comes_back_with_the_fault_at_its_field_and_the_rest_kept()
    {
        await using var visitor = await site.VisitorAsync(Look.Phone, scripts: false);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync("/sundry-tides/subscribe");
        await page.GetByLabel("Your e-mail address").FillAsync("wilmot.tern");
        await page.GetByLabel("Your name").FillAsync("Wilmot Tern");
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Your e-mail address")).ToHaveAccessibleDescriptionAsync("This is no e-mail address: it has no @.");
        await Assertions.Expect(page.GetByLabel("Your name")).ToHaveValueAsync("Wilmot Tern");
        await Assertions.Expect(page.GetByText("Please tick at least one.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_sign_up_form_is_done_by_keyboard_in_the_order_it_is_read()
    {
        await using var visitor = await site.VisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync("/sundry-tides/subscribe");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        var order = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            order.Add(await page.EvaluateAsync<string>("document.activeElement.name || document.activeElement.innerText.trim()"));
        }
        Assert.Equal(["email", "name", "list", "list", "Subscribe", "Privacy policy"], order);
    }
}
