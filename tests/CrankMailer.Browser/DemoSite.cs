using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

[assembly: AssemblyFixture(typeof(CrankMailer.Browser.DemoSite))]

namespace CrankMailer.Browser;

/// <summary>One demonstration for the whole run, as a process of its own on a free port, with a throw-away folder that is deleted at the end.</summary>
public sealed class DemoSite : IAsyncLifetime
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(120); // a busy machine; a quiet one needs five

    // The shell runs the program and a reader of our pipe. A killed test run closes the pipe, and the demonstration ends with it.
    private const string EndsWithUs = """exec 3<&0; "$@" </dev/null 3<&- & child=$!; { cat <&3 >/dev/null 2>&1; kill -9 "$child" 2>/dev/null; } & wait "$child" """;
    private readonly string _data = Directory.CreateTempSubdirectory("crankmailer-browser-").FullName;
    private readonly StringWriter _said = new();
    private readonly SemaphoreSlim _signingIn = new(1, 1);
    private Process? _process;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _signedIn;

    /// <summary>Such as http://127.0.0.1:41234, without a slash at its end.</summary>
    public string Root { get; private set; } = "";

    /// <summary>The path of the one-time link that the demonstration printed.</summary>
    public string SignInLink { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Browsers.Executable)) return; // each test says what is missing
        Root = $"http://127.0.0.1:{FreePort()}";
        await StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await Browsers.LaunchAsync(_playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        if (_process is { } process)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(_data, recursive: true);
        _signingIn.Dispose();
        await _said.DisposeAsync();
    }

    /// <summary>A browser of its own: no cookie, nothing cached.</summary>
    public async Task<IBrowserContext> VisitorAsync(Look? look = null, bool scripts = true, string? state = null)
    {
        if (_browser is not { } browser)
        {
            Required.Missing("chromium");
            throw new InvalidOperationException();
        }
        var (width, height, scheme) = look ?? Look.Desktop;
        return await browser.NewContextAsync(new()
        {
            BaseURL = Root, JavaScriptEnabled = scripts, ColorScheme = scheme, StorageState = state, Locale = "en-GB", TimezoneId = "Europe/Berlin",
            ViewportSize = new() { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce,
        });
    }

    /// <summary>A browser in which the demonstration's editor-in-chief is signed in. The link works once, so the first to ask uses it.</summary>
    public async Task<IBrowserContext> EditorAsync(Look? look = null, bool scripts = true)
    {
        await _signingIn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _signedIn ??= await SignInAsync();
        }
        finally
        {
            _signingIn.Release();
        }
        return await VisitorAsync(look, scripts, _signedIn);
    }

    private async Task<string> SignInAsync()
    {
        await using var visitor = await VisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(SignInLink);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/editor");
        return await visitor.StorageStateAsync();
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _data };
        foreach (var argument in (string[])["-c", EndsWithUs, "sh", "dotnet", HostAssembly(), "demo", "--data", Path.Combine(_data, "demo"), "--urls", Root]) start.ArgumentList.Add(argument);
        var linkSeen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(start) ?? throw new InvalidOperationException("The demonstration did not start.");
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            SignInLink = await linkSeen.Task.WaitAsync(StartTime);
            await ReadyAsync();
        }
        catch (TimeoutException)
        {
            lock (_said) throw new InvalidOperationException($"The demonstration was not ready within {StartTime}. It said:\n{_said}");
        }

        void Read(string? line)
        {
            if (line is null) return;
            lock (_said) _said.WriteLine(line);
            if (line.Contains("/sign-in/", StringComparison.Ordinal)) linkSeen.TrySetResult(new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim()).AbsolutePath);
        }
    }

    // The link is printed before the first request is served.
    private async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Root) };
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) // not listening yet
            {
            }
            if (since.Elapsed > StartTime) throw new TimeoutException();
            await Task.Delay(100); // the polling step; StartTime ends it
        }
    }

    private static string HostAssembly()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory); // …/bin/<configuration>/<framework>/
        return Path.Combine(Required.Solution, "src", "CrankMailer", "bin", output.Parent?.Name ?? "Debug", output.Name, "CrankMailer.dll");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
