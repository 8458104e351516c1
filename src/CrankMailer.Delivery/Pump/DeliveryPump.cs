using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrankMailer.Delivery.Pump;

/// <summary>Runs the pump as long as the process lives. Not a job: per-recipient work is claimed from the ledger (design §9).</summary>
internal sealed class DeliveryPump(IServiceScopeFactory scopes) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PumpRun>().RunAsync(stoppingToken);
    }
}
