using CrankMailer.Audience;
using CrankMailer.Authoring.Workflow;
using CrankMailer.Delivery;
using CrankMailer.Feedback;
using CrankMailer.Model;
using CrankMailer.Rendering;

namespace CrankMailer.Hosting;

/// <summary>The stages every process is made of, in the order of the road (design §1).</summary>
internal static class Stages
{
    public static IServiceCollection AddStages(
        this IServiceCollection services, IConfiguration configuration, HostSettings settings, SendingMode mode)
    {
        var templates = TemplatesFolder.Resolve(settings.Templates);
        services.AddSingleton(settings.Data);
        services.AddSingleton(templates);
        services.AddModel();
        services.AddCrankDb(configuration, settings.Data);
        services.AddRendering(templates.Path, Links(configuration));
        services.AddAuthoringWorkflow();
        services.AddAudience();
        services.Configure<AudienceOptions>(options => options.Capture = mode.Capture);
        services.AddDelivery(mode);
        services.AddFeedback();
        services.AddScoped<InstallationCheck>();
        return services;
    }

    private static RenderOptions Links(IConfiguration configuration)
    {
        var delivery = configuration.GetSection(DeliveryOptions.Section).Get<DeliveryOptions>() ?? new DeliveryOptions();
        return new RenderOptions { InstallationUrl = delivery.InstallationUrl, LinkBase = delivery.LinkBase };
    }
}
