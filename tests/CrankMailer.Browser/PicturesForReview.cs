namespace CrankMailer.Browser;

/// <summary>Not a test: every page in four looks as PNG, for somebody to look at. CRANKMAILER_LOOK is the folder; CRANKMAILER_LOOK_PAGES narrows it.</summary>
public sealed class PicturesForReview(DemoSite site)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CRANKMAILER_LOOK");

    [Fact(Explicit = true), Trait("Category", "OnDemand")]
    public async Task Every_page_in_four_looks()
    {
        if (Folder is null) Assert.Skip("CRANKMAILER_LOOK names no folder.");
        Directory.CreateDirectory(Folder);
        var only = Environment.GetEnvironmentVariable("CRANKMAILER_LOOK_PAGES");
        foreach (var look in (Look[])[Look.Desktop, Look.Phone, Look.Desktop.Dark, Look.Phone.Dark])
        {
            await using var editor = await site.EditorAsync(look);
            var page = await editor.NewPageAsync();
            foreach (var (name, path) in await Places.AllAsync(site))
            {
                if (only is not null && !only.Split(',').Any(part => name.Contains(part, StringComparison.Ordinal))) continue;
                await page.GotoAsync(path);
                await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{look}.png"), FullPage = true });
            }
        }
    }
}
