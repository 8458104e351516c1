using CrankMailer.Model;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Delivery.Pump;

/// <summary>Tells the others that this process lives, every five seconds; the console shows who does.</summary>
internal sealed class NodeHeartbeat(IDbContextFactory<CrankDb> databases, SendingMode mode, TimeProvider clock, ILogger<NodeHeartbeat> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>A process silent for so long is gone; its row too.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    public async Task BeatAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.Instant();
        if (await db.Nodes.Where(n => n.Name == mode.Node).ExecuteUpdateAsync(s => s.SetProperty(n => n.SeenAt, now), ct) == 0)
        {
            db.Nodes.Add(new Node { Name = mode.Node, Role = mode.Role, StartedAt = now, SeenAt = now });
            await db.SaveChangesAsync(ct);
            await db.Nodes.Where(n => n.SeenAt < now - Forgotten).ExecuteDeleteAsync(ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await BeatAsync(stoppingToken);
                await Task.Delay(Beat, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                log.LoopFailed(e, "heartbeat");
                await Task.Delay(Beat, clock, stoppingToken);
            }
        }
        await LeaveAsync();
    }

    private async Task LeaveAsync()
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            await db.Nodes.Where(n => n.Name == mode.Node).ExecuteDeleteAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LoopFailed(e, "heartbeat"); // the row is forgotten after an hour
        }
    }
}
