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
        var host = Build(new HostSettings { Data = DataFolder.Resolve(dataOption) });
        try
        {
            var factory = host.Services.GetRequiredService<IDbContextFactory<CrankDb>>();
            await using var db = await factory.CreateDbContextAsync(ct);
            var data = host.Services.GetRequiredService<DataFolder>();
            if (await Databases.PrepareAsync(db, data, host.Services.GetRequiredService<TimeProvider>(), ct) is { } refusal)
                throw new ProblemException([new Problem(Severity.Error, "schema", refusal)]);
            return new CommandHost(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
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
        builder.Services.AddStages(builder.Configuration, settings, new SendingMode(Capture: false, Role: "command"));
        return builder.Build();
    }
}
