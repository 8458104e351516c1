using CrankMailer.Audience;
using CrankMailer.Delivery;
using CrankMailer.Hosting;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

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
        var host = OpenUnchecked(settings);
        try
        {
            if (await Databases.PrepareAsync(host.Db, settings.Data, host.Services.GetRequiredService<TimeProvider>(), ct) is { } refusal)
                throw new ProblemException([new Problem(Severity.Error, "schema", refusal)]);
            if (!await host.Db.Relays.AnyAsync(r => r.Captures && r.Enabled, ct)) return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
        // The place catches its mail, so what a command makes there is to be caught, too.
        await host.DisposeAsync();
        return OpenUnchecked(settings with { Capture = true });
    }

    /// <summary>Without looking at the schema: for <c>db migrate</c> itself.</summary>
    public static CommandHost OpenUnchecked(string? dataOption) => OpenUnchecked(new HostSettings { Data = DataFolder.Resolve(dataOption) });

    /// <inheritdoc cref="OpenUnchecked(string?)"/>
    public static CommandHost OpenUnchecked(HostSettings settings) => new(Build(settings));

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        _host.Dispose();
    }

    private static IHost Build(HostSettings settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("CRANKMAILER_").AddInMemoryCollection(settings.Overrides);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddStages(builder.Configuration, settings, new SendingMode(settings.Capture, Role: "command"));
        return builder.Build();
    }
}
