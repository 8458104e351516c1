using CrankMailer.Capture;
using CrankMailer.Console;
using CrankMailer.Delivery;
using CrankMailer.Feedback;
using CrankMailer.Demo;
using CrankMailer.Jobs;
using CrankMailer.Machine;
using CrankMailer.Public;

namespace CrankMailer.Hosting;

/// <summary>Puts the stages together into one process: console, public pages, API, jobs (design §7).</summary>
internal static class CrankHost
{
    public static WebApplication Build(HostSettings settings, SendingMode mode)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // The one top-level appsettings.json travels beside the program; any other root would silently ignore it.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddEnvironmentVariables("CRANKMAILER_").AddInMemoryCollection(settings.Overrides);
        builder.WebHost.UseUrls(ListenAddresses.Split(settings.Urls));
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024; // forms and pictures; an import names its own limit
        });
        AddServices(builder, settings, mode);
        var app = builder.Build();
        MapAll(app, settings);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder, HostSettings settings, SendingMode mode)
    {
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddStages(builder.Configuration, settings, mode);
        services.AddCapture(mode.Capture);
        if (settings.Jobs)
        {
            services.AddDeliveryPump();
            services.AddFeedbackListener();
        }
        services.AddJobs(builder.Configuration, run: settings.Jobs);
        if (settings.Web) services.AddConsole().AddPublicPages(TemplatesFolder.Resolve(settings.Templates).Path);
        if (settings.Mode == HostMode.Demo) services.AddScoped<DemoSeed>();
    }

    private static void MapAll(WebApplication app, HostSettings settings)
    {
        if (settings.Web) app.UseKnownProxies();
        if (settings.Web) app.UsePublicAddresses();
        app.MapHealth();
        if (!settings.Web) return;
        app.MapConsole();
        app.MapPublicPages();
    }
}
