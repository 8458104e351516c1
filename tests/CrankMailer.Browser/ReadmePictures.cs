namespace CrankMailer.Browser;

/// <summary>Not a test: the pictures of the README, made anew from the demonstration by tests/screenshots.sh. CRANKMAILER_SCREENSHOTS is the folder.</summary>
public sealed class ReadmePictures(DemoSite site)
{
    private static readonly Look Desktop = Look.Desktop with { Height = 800 };

    [Fact(Explicit = true), Trait("Category", "OnDemand")]
    public async Task The_pictures_of_the_readme()
    {
        if (Environment.GetEnvironmentVariable("CRANKMAILER_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            Assert.Skip("CRANKMAILER_SCREENSHOTS names no folder.");
            return;
        }
        Directory.CreateDirectory(folder);
        var paths = (await Places.AllAsync(site)).ToDictionary(p => p.Name, p => p.Path);
        (string File, string Place, Look Look)[] pictures =
        [
            ("write", "write", Desktop), ("approve", "approve", Desktop), ("campaign", "campaign", Desktop), ("operations-dark", "ops", Desktop.Dark),
            ("outbox", "mail", Desktop), ("readers", "publication", Desktop), ("issue-phone", "issue", Look.Phone), ("subscribe-phone", "subscribe", Look.Phone),
        ];
        foreach (var (file, place, look) in pictures)
        {
            await using var editor = await site.EditorAsync(look);
            var page = await editor.NewPageAsync();
            await page.GotoAsync(paths[place], new() { WaitUntil = WaitUntilState.Load });
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{file}.png") });
        }
    }
}
