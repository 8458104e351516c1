using CrankMailer.Delivery.Campaigns;
using CrankMailer.Delivery.Freeze;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery;

public static class DeliveryServices
{
    /// <summary>All of the stage but its background services: what the console, the commands and the jobs call.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, SendingMode mode)
    {
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(mode);
        services.AddSingleton<LedgerStore>();
        services.AddSingleton<RowMoves>();
        services.AddSingleton<LedgerPartitions>();
        services.AddSingleton<Freezer>();
        services.AddScoped<CampaignMoves>();
        services.AddScoped<CampaignReadiness>();

        // The stage's contract: public types whose parts are internal, so a container cannot make them by itself.
        services.AddScoped(p => new CampaignDesk(
            p.GetRequiredService<CrankDb>(), p.GetRequiredService<CampaignReadiness>(), p.GetRequiredService<CampaignMoves>(), p.GetRequiredService<RowMoves>(),
            mode, p.GetRequiredService<IOptions<DeliveryOptions>>(), p.GetRequiredService<TimeProvider>()));
        services.AddScoped(p => new AudiencePreview(p.GetRequiredService<LedgerStore>(), p.GetRequiredService<TimeProvider>()));
        services.AddScoped(p => new Books(p.GetRequiredService<CrankDb>()));
        services.AddScoped(p => new DeliveryStory(p.GetRequiredService<CrankDb>()));
        return services;
    }
}
