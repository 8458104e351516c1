using CrankMailer.Capture;
using CrankMailer.Console.Accounts;
using CrankMailer.Delivery;
using CrankMailer.Hosting;
using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary>The stages for a command that works on the database beside a running <c>serve</c>: no pages, no jobs, no sending.</summary>
internal sealed class CommandHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly AsyncServiceScope _scope;

    private CommandHost(IHost host)
    {
        _host = host;
        _scope = host.Services.CreateAsyncScope();
    }

    public IServiceProvider Services => _scope.ServiceProvider;

    public CrankDb Db => Services.GetRequiredService<CrankDb>();

    /// <exception cref="ProblemException">The database is not there, or has a schema this program does not know.</exception>
    public static async Task<CommandHost> OpenAsync(string? dataOption, CancellationToken ct)
    {
        var settings = new HostSettings { Data = DataFolder.Resolve(dataOption) };
        var capture = await LookAsync(settings, ct);
        return new CommandHost(Build(settings, capture));
    }

    /// <summary>Without looking at the schema: for <c>db migrate</c> itself.</summary>
    public static CommandHost OpenUnchecked(string? dataOption) => OpenUnchecked(new HostSettings { Data = DataFolder.Resolve(dataOption) });

    /// <inheritdoc cref="OpenUnchecked(string?)"/>
    public static CommandHost OpenUnchecked(HostSettings settings) => new(Build(settings, capture: false));

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        _host.Dispose();
    }

    /// <returns>Whether the installation is in capture mode now: what a command makes is then caught, too.</returns>
    private static async Task<bool> LookAsync(HostSettings settings, CancellationToken ct)
    {
        await using var host = OpenUnchecked(settings);
        if (host.Db.Engine == DatabaseEngine.Sqlite && !File.Exists(settings.Data.DatabaseFile))
            throw new ProblemException([new Problem(Severity.Error, "no-database", $"there is no database in {settings.Data.Path}: start 'crankmailer serve' there first, or name its folder with --data DIR.")]);
        if (await Databases.PrepareAsync(host.Db, settings.Data, host.Services.GetRequiredService<TimeProvider>(), ct) is { } refusal)
            throw new ProblemException([new Problem(Severity.Error, "schema", refusal)]);
        return await CaptureRelay.IsOnAsync(host.Db, ct);
    }

    private static IHost Build(HostSettings settings, bool capture)
    {
        SettingsCheck.Run(AppContext.BaseDirectory, Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(v => KeyValuePair.Create((string)v.Key, (string?)v.Value)));
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("CRANKMAILER_").AddInMemoryCollection(settings.Overrides);
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // appsettings.json tells what a serving process logs; a command answers, and logs only what went wrong.
        builder.Services.PostConfigure<LoggerFilterOptions>(filter => { filter.Rules.Clear(); filter.MinLevel = LogLevel.Warning; });
        builder.Services.AddStages(builder.Configuration, settings, new SendingMode(capture, Role: "command"));
        builder.Services.AddAccountCore();
        return builder.Build();
    }
}
