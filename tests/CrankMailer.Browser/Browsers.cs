namespace CrankMailer.Browser;

/// <summary>Debian's chromium, driven by the node of the Playwright package: nothing is downloaded.</summary>
internal static class Browsers
{
    public const string Executable = "/usr/bin/chromium";

    // As root there is no sandbox to be had; the rest keeps it from calling home, where the network is closed and each call waits.
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        Assertions.SetDefaultExpectTimeout(30_000); // milliseconds; a busy machine, not a slow page
        return playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Headless = true, Args = Flags });
    }
}
