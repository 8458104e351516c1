namespace CrankMailer.Browser;

/// <summary>What a reader does on the public pages, as a person does it: by labels and buttons.</summary>
internal static class Reader
{
    /// <summary>Sends the sign-up form; a plain question is answered where one comes, for a test types faster than anybody.</summary>
    public static async Task SignUpAsync(IPage page, string email, string list = "The monthly issue")
    {
        await page.GotoAsync("/sundry-tides/subscribe");
        await page.GetByLabel("Your e-mail address").FillAsync(email);
        await page.GetByRole(AriaRole.Checkbox, new() { Name = list }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).Not.ToContainTextAsync("Subscribe to"); // a click does not wait for the next page
        var question = page.GetByLabel("How much is");
        if (await question.CountAsync() == 0) return;
        var numbers = (await page.Locator("label[for=answer]").InnerTextAsync()).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => int.TryParse(w, out var n) ? n : 0);
        await question.FillAsync($"{numbers.Sum()}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).Not.ToHaveTextAsync("One short question");
    }

    /// <summary>The path of the first link of that kind (<c>/u/</c>) in the newest caught mail to the address; waits for a mail that has one.</summary>
    public static async Task<string> MailedPathAsync(DemoSite site, string email, string kind)
    {
        await using var editor = await site.EditorAsync(scripts: false);
        var page = await editor.NewPageAsync();
        string? link = null;
        await Until.TrueAsync($"a mail to {email} with a link to {kind}", async () =>
        {
            await page.GotoAsync($"{await CaughtAsync(page, email)}?view=text");
            var words = (await page.Locator("pre").InnerTextAsync()).Split(['\n', ' ', '<', '>', '(', ')'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            link = words.FirstOrDefault(w => Uri.TryCreate(w, UriKind.Absolute, out var uri) && uri.AbsolutePath.Contains(kind, StringComparison.Ordinal));
            return link is not null;
        });
        return new Uri(link ?? "").AbsolutePath;
    }

    /// <summary>Searches on a page of the console by its one search field. The address of the answer does not hold what was looked for.</summary>
    public static async Task SearchAsync(IPage page, string path, string words)
    {
        await page.GotoAsync(path);
        await page.GetByRole(AriaRole.Searchbox).FillAsync(words);
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await page.WaitForURLAsync(url => url.Contains("find=", StringComparison.Ordinal));
        Assert.DoesNotContain(Uri.EscapeDataString(words), page.Url, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The page of the newest caught mail to the address; mail takes its second, so it is asked for until it is there.</summary>
    public static async Task<string> CaughtAsync(IPage page, string email)
    {
        var row = page.Locator("tbody tr").Filter(new() { HasText = email }).Locator("a").First;
        await SearchAsync(page, "/outbox", email);
        await Until.TrueAsync($"a mail to {email}", async () =>
        {
            if (await row.CountAsync() > 0) return true;
            await page.ReloadAsync();
            return false;
        });
        return await row.GetAttributeAsync("href") ?? throw new InvalidOperationException("A row of the outbox has no link.");
    }
}
