using CrankMailer.Delivery.Campaigns;
using CrankMailer.Delivery.Compose;
using CrankMailer.Delivery.Freeze;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Delivery.Pump;
using CrankMailer.Delivery.Relays;
using CrankMailer.Model;
using CrankMailer.Model.Publications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
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
        services.AddSingleton<AlertRaiser>();
        services.AddSingleton<CampaignStops>();
        services.AddSingleton<MailSigners>();
        services.AddSingleton<CampaignComposers>();
        services.AddSingleton<SystemComposer>();
        services.AddScoped<SigningKeys>();
        services.AddSingleton(p => new RelayEndpoints(p.GetRequiredService<PublicationSecrets>(), p.GetRequiredService<IOptions<DeliveryOptions>>(), p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IRelayOpener, RelayOpener>();
        services.AddSingleton(p => new RelayTalks(p.GetRequiredService<LedgerStore>(), mode, p.GetRequiredService<TimeProvider>()));
        services.AddScoped<CampaignMoves>();
        services.AddScoped<CampaignReadiness>();

        // The stage's contract: public types whose parts are internal, so a container cannot make them by itself.
        services.AddScoped(p => new CampaignDesk(
            p.GetRequiredService<CrankDb>(), p.GetRequiredService<CampaignReadiness>(), p.GetRequiredService<CampaignMoves>(), p.GetRequiredService<RowMoves>(),
            p.GetService<IStartTrigger>(), mode, p.GetRequiredService<IOptions<DeliveryOptions>>(), p.GetRequiredService<TimeProvider>()));
        services.AddScoped(p => new AudiencePreview(p.GetRequiredService<LedgerStore>(), p.GetRequiredService<TimeProvider>()));
        services.AddScoped(p => new RelayTroubles(p.GetRequiredService<CrankDb>()));
        services.AddScoped(p => new Books(p.GetRequiredService<CrankDb>()));
        services.AddScoped(p => new DeliveryStory(p.GetRequiredService<CrankDb>()));
        services.AddScoped(p => new DueCampaigns(
            p.GetRequiredService<CrankDb>(), p.GetRequiredService<CampaignReadiness>(), p.GetRequiredService<CampaignMoves>(), p.GetRequiredService<CampaignStops>(),
            mode, p.GetRequiredService<IOptions<DeliveryOptions>>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<DueCampaigns>>()));
        return services;
    }

    /// <summary>The background services of a process that sends: the pump and its heartbeat. Needs <see cref="AddDelivery"/>.</summary>
    public static IServiceCollection AddDeliveryPump(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<DeliveryMetrics>();
        services.AddSingleton(typeof(Holds<>));
        services.AddSingleton<Claims>();
        services.AddSingleton<LeaseSweep>();
        services.AddSingleton<OtherNodes>();
        services.AddSingleton<OutboxLedger>();
        services.AddSingleton<RetrySchedule>();
        services.AddSingleton<OutcomeReader>();
        services.AddSingleton<CampaignEnd>();

        // What belongs to one run of the pump, and ends with it.
        services.AddScoped<GroupCommit>();
        services.AddScoped<LedgerWriter>();
        services.AddScoped<WorkerParts>();
        services.AddScoped<CampaignWatch>();
        services.AddScoped<Claimer>();
        services.AddScoped<RelayAlertSweep>();
        services.AddScoped<PumpRun>();
        services.AddHostedService<DeliveryPump>();
        services.AddHostedService<NodeHeartbeat>();
        return services;
    }
}
