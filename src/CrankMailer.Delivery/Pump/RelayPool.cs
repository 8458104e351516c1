using System.Collections.Concurrent;
using CrankMailer.Delivery.Relays;
using CrankMailer.Model;
using CrankMailer.Model.Publications;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>
/// The relays of one kind (real, or capturing) with the mail that waits for them. Each relay has as many workers as connections; those of a relay that is
/// down, or that a better one stands before, wait. Captured mail and real mail never share a pool.
/// </summary>
internal sealed class RelayPool(bool captures, IRelayOpener opener, WorkerParts parts, AlertRaiser alerts, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<RelayPool> log)
{
    /// <summary>Deliveries at hand at first, and again after every relay was down: one that flaps costs few claims.</summary>
    private const int FirstTarget = 8;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<int, Running> _lanes = new();
    private readonly Dictionary<int, RelayRow> _unusable = [];
    private readonly StandingAlert _none = new(alerts, RelayAlerts.None, RelayAlerts.NoneSubject(captures));
    private readonly List<Task> _ending = [];

    /// <summary>Deliveries to have at hand: grows while the queue runs dry, so that a fast relay never waits and a slow one holds few claims.</summary>
    public int Target { get; set; } = FirstTarget;

    public bool Captures { get; } = captures;

    public WorkQueue Queue { get; } = new();

    public bool HasRelay => !_lanes.IsEmpty;

    public bool IsUp => _lanes.Values.Any(r => r.Lane.IsUp);

    /// <summary>Why nothing can be sent. Null while a relay works; ours only where all faults are: else waiting helps.</summary>
    public RelayFault? Fault => IsUp ? null : _lanes.Values.Select(r => r.Lane.Fault).OfType<RelayFault>().OrderBy(f => f.IsOurs).FirstOrDefault();

    /// <summary>Since when all faults are known to be as they are: a timestamp of the clock.</summary>
    public long FaultSeen => _lanes.Values.Select(r => r.Lane.FaultSeen).DefaultIfEmpty().Min();

    /// <summary>Connections that may be busy at once.</summary>
    public int Connections => _lanes.Values.Where(r => r.Lane.IsUp).Sum(r => r.Lane.Seats.Allowed);

    /// <summary>Brings the pool in line with the rows.</summary>
    /// <param name="processes">How many share the relays, us counted.</param>
    /// <param name="stop">Told to stop: workers end after the message in hand.</param>
    /// <param name="abort">Ends messages whose final dot is not yet sent.</param>
    public async Task UseAsync(IReadOnlyList<RelayRow> rows, int processes, CancellationToken stop, CancellationToken abort)
    {
        foreach (var (id, running) in _lanes)
            if (!rows.Any(row => row.Id == id && running.Lane.IsFor(row)) && _lanes.TryRemove(id, out _)) await EndAsync(running, stop);
        foreach (var (id, row) in _unusable)
            if (!rows.Any(other => other.Id == id && RelayLane.AreAlike(row, other)) && _unusable.Remove(id))
                await alerts.ClearAsync(RelayAlerts.Settings, RelayAlerts.Name(row), null, stop);
        _ending.RemoveAll(task => task.IsCompletedSuccessfully);
        foreach (var row in rows)
            if (!_lanes.ContainsKey(row.Id) && !_unusable.ContainsKey(row.Id)) await BeginAsync(row, stop, abort);
        foreach (var running in _lanes.Values) running.Lane.SharedBy = processes;
        foreach (var running in _lanes.Values)
            if (running.Closing.IsCompleted) running.Closing = CloseIdleAsync(running.Lane, running.Stop.Token);
    }

    /// <summary>The alerts that are true now.</summary>
    public IEnumerable<(string Kind, string Subject)> Standing()
    {
        foreach (var row in _unusable.Values) yield return (RelayAlerts.Settings, RelayAlerts.Name(row));
        foreach (var lane in _lanes.Values.Select(r => r.Lane))
        {
            if (!lane.IsUp) yield return (RelayAlerts.Down, lane.Subject);
            if (lane.SystemRefused) yield return (RelayAlerts.System, lane.Subject);
        }
    }

    /// <summary>Tells that campaigns wait because there is no relay, as long as it is so.</summary>
    public Task TellNoneAsync(bool isWanted, CancellationToken ct) =>
        HasRelay ? _none.ClearAsync(ct)
        : isWanted ? _none.RaiseAsync(" is set up and switched on: campaigns wait. Add one under Settings, Relays.", ct)
        : Task.CompletedTask;

    /// <summary>Tries the relays that are down without waiting for their turn: somebody may have mended them.</summary>
    public void TryNow()
    {
        foreach (var running in _lanes.Values) running.Healer.TryNow();
    }

    /// <summary>Waits until every message in hand has its outcome.</summary>
    public async Task EndAsync()
    {
        _ending.AddRange(_lanes.Values.Select(EndAsync));
        _lanes.Clear();
        await Task.WhenAll(_ending);
    }

    private async Task BeginAsync(RelayRow row, CancellationToken stop, CancellationToken abort)
    {
        RelayLane lane;
        try
        {
            lane = new RelayLane(row, opener.Open(row), clock);
        }
        catch (Exception e) when (e is ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            await alerts.RaiseAsync(Severity.Error, RelayAlerts.Settings, RelayAlerts.Name(row), $" cannot be used as it is set up: {e.Message}{RelayAlerts.SeenBy(parts.Node)}", null, null, stop);
            _unusable[row.Id] = row; // not again before its row changes
            return;
        }
        // Of a process before us, or of the settings before these: we shall see for ourselves.
        await alerts.ClearAsync(RelayAlerts.Settings, RelayAlerts.Name(row), null, stop);
        await ForgetAsync(lane, stop);
        var running = new Running(lane, new RelayHealer(lane, parts.Talks, parts.Metrics, alerts, parts.Node, options, clock, log), CancellationTokenSource.CreateLinkedTokenSource(stop));
        _lanes[row.Id] = running;
        for (var n = 0; n < Math.Max(1, row.Connections); n++) running.Workers.Add(Task.Run(() => WorkAsync(lane, running.Stop.Token, abort), CancellationToken.None));
    }

    /// <summary>What was said of this relay is over, with the relay or with these settings.</summary>
    private async Task ForgetAsync(RelayLane lane, CancellationToken ct)
    {
        await alerts.ClearAsync(RelayAlerts.Down, lane.Subject, null, ct);
        await alerts.ClearAsync(RelayAlerts.System, lane.Subject, null, ct);
    }

    private async Task EndAsync(Running running, CancellationToken ct)
    {
        _ending.Add(EndAsync(running)); // its messages in flight may take minutes
        await ForgetAsync(running.Lane, ct);
    }

    private static async Task EndAsync(Running running)
    {
        await running.Stop.CancelAsync();
        await Task.WhenAll([.. running.Workers, running.Healing, running.Closing]);
        await running.Lane.Relay.DisposeAsync();
        running.Stop.Dispose();
    }

    /// <summary>Beside the watch: a server may take seconds for each goodbye, and a campaign that is paused must be seen at once.</summary>
    private async Task CloseIdleAsync(RelayLane lane, CancellationToken stop)
    {
        try
        {
            await lane.Relay.CloseIdleAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The relay is left; what is idle is closed with it.
        }
        catch (Exception e)
        {
            parts.Metrics.Error("close-idle");
            log.LoopFailed(e, "close-idle");
        }
    }

    private async Task WorkAsync(RelayLane lane, CancellationToken stop, CancellationToken abort)
    {
        using var bulk = parts.NewBulkSender();
        using var system = parts.NewSystemSender();
        var isSeated = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!MayWork(lane) || !(isSeated = isSeated || lane.Seats.TryTake()))
                {
                    await Task.Delay(Look, clock, stop);
                    continue;
                }
                if (await NextAsync(lane, stop) is not { } work)
                {
                    await Task.Delay(Look, clock, stop);
                    continue;
                }
                var begun = clock.GetTimestamp();
                try
                {
                    isSeated = await SendAsync(work, lane, bulk, system, abort);
                }
                finally
                {
                    if (work is MailWork.Bulk) lane.Seats.EndBulk(clock.GetElapsedTime(begun));
                    // Whatever happened: what is not on its way into the ledger now is not renewed, and comes back.
                    parts.LetGo(work);
                }
            }
            catch (OperationCanceledException)
            {
                // Told to stop, or aborted; the loop's condition decides.
            }
            catch (Exception e)
            {
                parts.Metrics.Error("worker");
                log.LoopFailed(e, "worker");
            }
        }
    }

    /// <summary>What to send next, at its place in the relay's rate. Chosen only then: system mail that came while a bulk mail waited goes before it.</summary>
    /// <returns>Null where this worker is to take nothing now: a better relay came back, or only bulk waits and the seat is kept for system mail.</returns>
    private async Task<MailWork?> NextAsync(RelayLane lane, CancellationToken stop)
    {
        await Queue.WaitAsync(stop);
        MailWork? work = null;
        try
        {
            if (!MayWork(lane) || (Queue.SystemCount == 0 && !lane.Seats.HasRoomForBulk)) return null;
            await lane.PaceAsync(stop);
            if (MayWork(lane)) work = Queue.Take(lane.Seats.TryBeginBulk);
            return work;
        }
        finally
        {
            if (work is null) Queue.GiveBack();
        }
    }

    /// <returns>False where the worker was turned away and has no seat any more, while others go on.</returns>
    private async Task<bool> SendAsync(MailWork work, RelayLane lane, BulkSender bulk, SystemSender system, CancellationToken abort)
    {
        var begun = lane.Seats.Begin();
        SendOutcome? outcome = null;
        try
        {
            outcome = work switch
            {
                MailWork.Bulk delivery => await bulk.SendAsync(delivery, lane, abort),
                MailWork.System mail => await system.SendAsync(mail, lane, abort),
                _ => throw new InvalidOperationException("No such work."),
            };
        }
        finally
        {
            lane.Seats.End(talked: outcome is SendOutcome.Dealt);
        }
        if (outcome is not SendOutcome.Failed { Fault: var fault }) return true;
        var standsBack = !fault.IsOurs && lane.IsUp && lane.Seats.TryStandBack(begun, fault.IsAnswer);
        if (standsBack) log.RelayTakesFewer(lane.Row.Name, lane.Seats.Allowed, fault.Text);
        // Through the ledger, not to the queue: a row that was handed over already (its connection died at MAIL FROM and could not be renewed) would be
        // refused by the next relay's hand-over.
        else if (lane.Fail(fault)) Report(lane, fault);
        if (IsUp) await parts.GiveBackAsync(work);
        else await parts.NotTriedAsync(work, $"{lane.Subject}: {fault.Text}");
        return !standsBack;
    }

    /// <summary>Works, and no relay that is to be tried before it does.</summary>
    private bool MayWork(RelayLane lane) => lane.IsUp && !_lanes.Values.Any(r => r.Lane.IsUp && r.Lane.Row.Priority < lane.Row.Priority);

    private void Report(RelayLane lane, RelayFault fault)
    {
        if (_lanes.TryGetValue(lane.Row.Id, out var running) && running.Lane == lane) running.Healing = running.Healer.RunAsync(fault, running.Stop.Token);
        if (fault.IsOurs) log.RelayMisconfigured(lane.Row.Name, fault.Text);
        else log.RelayDown(lane.Row.Name, fault.Text);
        if (!IsUp) Target = FirstTarget;
    }

    private sealed class Running(RelayLane lane, RelayHealer healer, CancellationTokenSource stop)
    {
        public RelayLane Lane { get; } = lane;

        public RelayHealer Healer { get; } = healer;

        public CancellationTokenSource Stop { get; } = stop;

        public List<Task> Workers { get; } = [];

        /// <summary>Tries a relay that is down; ends with <see cref="Stop"/>.</summary>
        public Task Healing { get; set; } = Task.CompletedTask;

        /// <summary>Says goodbye on connections nobody used for a while.</summary>
        public Task Closing { get; set; } = Task.CompletedTask;
    }
}
