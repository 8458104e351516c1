using CrankMailer.Authoring.Workflow;
using CrankMailer.Console;
using CrankMailer.Machine;
using CrankMailer.Model;
using CrankMailer.Rendering;

namespace CrankMailer.Hosting;

/// <summary>Puts the stages together into one process: console, public pages, API, jobs (design §7).</summary>
internal static class CrankHost
{
    public static WebApplication Build(HostSettings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // The one top-level appsettings.json travels beside the program; any other root would silently ignore it.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddEnvironmentVariables("CRANKMAILER_").AddInMemoryCollection(settings.Overrides);
        builder.WebHost.UseUrls(settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024; // forms and pictures; an import names its own limit
        });
        AddServices(builder, settings);
        var app = builder.Build();
        MapAll(app, settings);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder, HostSettings settings)
    {
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(settings.Data);
        services.AddModel();
        services.AddCrankDb(builder.Configuration, settings.Data);
        services.AddRendering(settings.Templates ?? Path.Combine(AppContext.BaseDirectory, "templates"));
        services.AddAuthoringWorkflow();
        if (settings.Web) services.AddConsole();
    }

    private static void MapAll(WebApplication app, HostSettings settings)
    {
        app.MapHealth();
        if (settings.Web) app.MapConsole();
    }
}
