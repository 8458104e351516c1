using CrankMailer.Delivery.Freeze;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Delivery.Relays;
using CrankMailer.Model;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>
/// One run of the pump, from start to drain: watch the campaigns, freeze, claim, send, sweep — each a loop of its own, so that none waits for another
/// and an error in one leaves the others going.
/// </summary>
internal sealed class PumpRun(
    LedgerStore ledger, LedgerWriter writer, CampaignWatch watch, Freezer freezer, Claimer claimer, Claims claims, OutboxLedger outbox, LeaseSweep sweep, CampaignEnd end,
    IRelayOpener opener, WorkerParts parts, AlertRaiser alerts, RelayAlertSweep alertSweep, OtherNodes nodes, SendingMode mode, IOptions<DeliveryOptions> options, TimeProvider clock, ILoggerFactory logs)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LedgerGrace = TimeSpan.FromSeconds(4);

    private readonly ILogger _log = logs.CreateLogger<PumpRun>();
    private readonly RelayPool _real = new(false, opener, parts, alerts, options, clock, logs.CreateLogger<RelayPool>());
    private readonly RelayPool _capturing = new(true, opener, parts, alerts, options, clock, logs.CreateLogger<RelayPool>());

    /// <summary>Runs until told to stop, then finishes what is in flight and gives the rest back.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _log.PumpStarted(mode.Node, mode.Capture);
        using var abort = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource();
        var writing = writer.RunAsync(giveUp.Token);
        await Task.WhenAll(
            LoopAsync("watch", async ct => { await WatchAsync(abort.Token, ct); return false; }, Second, stop),
            LoopAsync("freeze", FreezeAsync, Second / 4, stop),
            LoopAsync("claim", ct => claimer.FillAsync(watch.Running, PoolOf, ct), Second / 100, stop),
            LoopAsync("outbox", async ct => { await claimer.FillSystemAsync(PoolOf, ct); return false; }, Second / 4, stop),
            LoopAsync("leases", async ct => { await LeasesAsync(ct); return false; }, options.Value.Lease / 6, stop));
        await DrainAsync(abort, giveUp, writing);
    }

    private RelayPool PoolOf(bool capture) => capture ? _capturing : _real;

    private async Task WatchAsync(CancellationToken abort, CancellationToken stop)
    {
        // First of all: nothing a relay does may keep a paused campaign from being seen.
        await watch.LookAsync(stop);
        var relays = await ledger.ReadAsync(sql => sql.Db.Relays.AsNoTracking().Where(r => r.Enabled).OrderBy(r => r.Priority).ThenBy(r => r.Id).ToListAsync(stop), stop);
        var processes = 1 + (await nodes.OthersAliveAsync(stop)).Count;
        // In capture mode no real relay is ever opened.
        await _real.UseAsync(mode.Capture ? [] : [.. relays.Where(r => !r.Captures)], processes, stop, abort);
        await _capturing.UseAsync([.. relays.Where(r => r.Captures)], processes, stop, abort);
        await alertSweep.SweepAsync(() => [.. _real.Standing(), .. _capturing.Standing()], stop);
        foreach (var pool in (RelayPool[])[_real, _capturing])
        {
            await ClearQueueAsync(pool);
            await pool.TellNoneAsync(watch.Running.Any(c => c.Capture == pool.Captures), stop);
            await StopForOurFaultAsync(pool, stop);
        }
        await parts.Talks.WriteAsync(now: false, stop);
    }

    /// <summary>What is in hand and will not be sent for a while goes back, so that another node may take it; nobody holds more than he can send.</summary>
    private async Task ClearQueueAsync(RelayPool pool)
    {
        foreach (var work in pool.Queue.TakeOut(work => !work.Campaign.IsRunning)) await PutBackAsync(work, parts.GiveBackAsync(work));
        if (pool.IsUp) return;
        foreach (var work in pool.Queue.TakeOut(_ => true)) await PutBackAsync(work, parts.NotTriedAsync(work, null));
        foreach (var work in pool.Queue.TakeOutSystem()) await PutBackAsync(work, parts.NotTriedAsync(work, pool.Fault?.Text));
    }

    private async Task PutBackAsync(MailWork work, Task written)
    {
        try
        {
            await written;
        }
        catch (Exception e)
        {
            // The others must still go back. This one is not renewed any more: its lease runs out, and it is claimed again.
            parts.Metrics.Error("put-back");
            _log.NotPutBack(e);
        }
        finally
        {
            parts.LetGo(work);
        }
    }

    /// <summary>
    /// A log-in that is refused is our fault and stops the campaigns once, instead of trying it for ever (R63, R91). A campaign begun or resumed since
    /// the fault was seen has the relay tried first: whoever resumed it may have mended what is not in our settings.
    /// </summary>
    private async Task StopForOurFaultAsync(RelayPool pool, CancellationToken ct)
    {
        if (pool.Fault is not { IsOurs: true } fault) return;
        var seen = pool.FaultSeen;
        foreach (var campaign in watch.Running.Where(c => c.Capture == pool.Captures))
        {
            if (campaign.Begun > seen) pool.TryNow();
            else await parts.Stops.StopAsync(campaign, CampaignStops.Misconfigured, $"No mail can be sent: {fault.Text}. Mend the relay's settings, then resume the campaign.", ct);
        }
    }

    private async Task<bool> FreezeAsync(CancellationToken ct)
    {
        var froze = false;
        foreach (var campaign in watch.Running.Where(c => !c.IsFrozen && c.MayBegin(clock.GetUtcNow(), options.Value.LateAfter)))
        {
            var step = await freezer.StepAsync(campaign.Id, ct);
            if (step.Ended) campaign.IsFrozen = true;
            if (step.Queued > 0) campaign.Queued += step.Queued;
            froze |= step.Queued + step.LeftOut > 0;
        }
        return froze;
    }

    private async Task LeasesAsync(CancellationToken ct)
    {
        await claims.RenewAsync(ct);
        await outbox.RenewAsync(ct);
        var campaigns = await ledger.ReadAsync(sql => sql.ListAsync(
            $"""
            select c.id, c.publication_id from campaigns c join campaign_counters k on k.campaign_id = c.id
            where k.state in ('claimed', 'handed') group by c.id, c.publication_id having sum(k.count) > 0
            """,
            row => (Id: row.GetInt32(0), Publication: row.GetInt32(1)), ct), ct);
        foreach (var (id, publication) in campaigns)
            if (await sweep.SweepAsync(id, ct) > 0) await end.AlertUncertainAsync(id, publication, ct);
    }

    private async Task LoopAsync(string name, Func<CancellationToken, Task<bool>> step, TimeSpan idle, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!await step(stop)) await Task.Delay(idle, clock, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                parts.Metrics.Error(name);
                _log.LoopFailed(e, name);
                await Task.Delay(Second, clock, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    private async Task DrainAsync(CancellationTokenSource abort, CancellationTokenSource giveUp, Task<bool> writing)
    {
        // Armed before the workers are waited for: a ledger that cannot be written must not keep them.
        await using var armed = abort.Token.Register(() => giveUp.CancelAfter(LedgerGrace));
        abort.CancelAfter(options.Value.DrainFor);
        await Task.WhenAll(_real.EndAsync(), _capturing.EndAsync());
        foreach (var pool in (RelayPool[])[_real, _capturing])
        {
            foreach (var work in (IReadOnlyList<MailWork>)[.. pool.Queue.TakeOut(_ => true), .. pool.Queue.TakeOutSystem()])
                await PutBackAsync(work, parts.GiveBackAsync(work));
            pool.Queue.Dispose();
        }
        writer.Complete();
        giveUp.CancelAfter(LedgerGrace);
        var complete = await writing; // where not, the database does not answer: what is handed becomes uncertain by its lease
        _log.PumpStopped(complete);
    }
}
