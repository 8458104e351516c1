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
internal sealed class RelayPool(bool captures, IRelayOpener opener, WorkerParts parts, Alerts alerts, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<RelayPool> log)
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    /// <summary>R63: a refused log-in is not tried in a loop. A changed relay row is tried at once.</summary>
    private static readonly TimeSpan OurFaultRetry = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<int, Running> _lanes = new();
    private readonly List<Task> _ending = [];

    /// <summary>Deliveries to have at hand: grows while the queue runs dry, so that a fast relay never waits and a slow one holds few claims.</summary>
    public int Target { get; set; } = 8;

    public bool Captures { get; } = captures;

    public WorkQueue Queue { get; } = new();

    public bool HasRelay => !_lanes.IsEmpty;

    public bool IsUp => _lanes.Values.Any(r => r.Lane.IsUp);

    /// <summary>Why nothing can be sent: the fault of the first relay. Null while one works.</summary>
    public RelayFault? Fault => IsUp ? null : _lanes.Values.Select(r => r.Lane.Fault).FirstOrDefault(f => f is not null);

    /// <summary>Connections that may be busy at once.</summary>
    public int Connections => _lanes.Values.Where(r => r.Lane.IsUp).Sum(r => r.Lane.Row.Connections);

    /// <summary>Brings the pool in line with the rows.</summary>
    /// <param name="stop">Told to stop: workers end after the message in hand.</param>
    /// <param name="abort">Ends messages whose final dot is not yet sent.</param>
    public async Task UseAsync(IReadOnlyList<RelayRow> rows, CancellationToken stop, CancellationToken abort)
    {
        foreach (var (id, running) in _lanes)
            if (!rows.Any(row => row.Id == id && running.Lane.IsFor(row)) && _lanes.TryRemove(id, out _)) _ending.Add(EndAsync(running)); // its messages in flight may take minutes
        _ending.RemoveAll(task => task.IsCompletedSuccessfully);
        foreach (var row in rows)
            if (!_lanes.ContainsKey(row.Id)) await BeginAsync(row, stop, abort);
        foreach (var running in _lanes.Values) await running.Lane.Relay.CloseIdleAsync(stop);
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
            await alerts.OpenAsync(Severity.Error, "relay-settings", $"Relay “{row.Name}”", $" cannot be used as it is set up: {e.Message}", null, null, stop);
            return;
        }
        await alerts.CloseAsync("relay-down", lane.Subject, null, stop); // of a process before us; we shall see for ourselves
        var running = new Running(lane, CancellationTokenSource.CreateLinkedTokenSource(stop));
        _lanes[row.Id] = running;
        for (var n = 0; n < Math.Max(1, row.Connections); n++) running.Workers.Add(Task.Run(() => WorkAsync(lane, running.Stop.Token, abort), CancellationToken.None));
    }

    private static async Task EndAsync(Running running)
    {
        await running.Stop.CancelAsync();
        await Task.WhenAll([.. running.Workers, running.Healing]);
        await running.Lane.Relay.DisposeAsync();
        running.Stop.Dispose();
    }

    private async Task WorkAsync(RelayLane lane, CancellationToken stop, CancellationToken abort)
    {
        using var bulk = parts.NewBulkSender();
        using var system = parts.NewSystemSender();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!MayWork(lane))
                {
                    await Task.Delay(Look, clock, stop);
                    continue;
                }
                var work = await Queue.TakeAsync(stop);
                if (!MayWork(lane))
                {
                    Queue.Add(work); // a better relay came back while we waited
                    continue;
                }
                await lane.PaceAsync(abort);
                await SendAsync(work, lane, bulk, system, abort);
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

    private async Task SendAsync(MailWork work, RelayLane lane, BulkSender bulk, SystemSender system, CancellationToken abort)
    {
        var outcome = work switch
        {
            MailWork.Bulk delivery => await bulk.SendAsync(delivery, lane, abort),
            MailWork.System mail => await system.SendAsync(mail, lane, abort),
            _ => throw new InvalidOperationException("No such work."),
        };
        if (outcome is not SendOutcome.Failed { Fault: var fault }) return;
        var failed = lane.Fail(fault);
        // The work first: whatever fails below, no row may stay in hand. A row that was handed over already (its connection died at MAIL FROM and
        // could not be renewed) would be refused by the next relay's hand-over, so it goes back through the ledger, not to the queue.
        if (work is MailWork.Bulk reader)
        {
            if (IsUp) bulk.GiveBack(reader);
            else bulk.NotTried(reader);
        }
        else if (work is MailWork.System letterWork)
        {
            if (IsUp) Queue.Add(work);
            else await system.NotTriedAsync(letterWork, $"{lane.Subject}: {fault.Text}");
        }
        if (failed) await ReportAsync(lane, fault);
    }

    /// <summary>Works, and no relay that is to be tried before it does.</summary>
    private bool MayWork(RelayLane lane) => lane.IsUp && !_lanes.Values.Any(r => r.Lane.IsUp && r.Lane.Row.Priority < lane.Row.Priority);

    private async Task ReportAsync(RelayLane lane, RelayFault fault)
    {
        // Healing begins before anything that may itself fail, or a lost database would keep the relay down for good.
        if (_lanes.TryGetValue(lane.Row.Id, out var running) && running.Lane == lane) running.Healing = HealAsync(lane, fault, running.Stop.Token);
        if (fault.IsOurs) log.RelayMisconfigured(lane.Row.Name, fault.Text);
        else log.RelayDown(lane.Row.Name, fault.Text);
        var next = fault.IsOurs ? "Mend its settings; it is tried again when they change." : "Mail waits and goes on by itself when it answers again.";
        await alerts.OpenAsync(Severity.Error, "relay-down", lane.Subject, $" cannot be used: {fault.Text}. {next}", null, null, CancellationToken.None);
    }

    /// <summary>Tries connection and log-in without a message until they work, so that no reader's mail is the probe.</summary>
    private async Task HealAsync(RelayLane lane, RelayFault fault, CancellationToken stop)
    {
        for (var wait = fault.IsOurs ? OurFaultRetry : options.Value.RelayRetry; !stop.IsCancellationRequested;)
        {
            try
            {
                await Task.Delay(wait, clock, stop);
                if (await lane.Relay.FindProblemAsync(stop) is null)
                {
                    lane.Recover();
                    log.RelayUp(lane.Row.Name);
                    await alerts.CloseAsync("relay-down", lane.Subject, null, stop);
                    return;
                }
                if (!fault.IsOurs) wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                parts.Metrics.Error("heal");
                log.LoopFailed(e, "heal");
            }
        }
    }

    private sealed class Running(RelayLane lane, CancellationTokenSource stop)
    {
        public RelayLane Lane { get; } = lane;

        public CancellationTokenSource Stop { get; } = stop;

        public List<Task> Workers { get; } = [];

        /// <summary>Tries a relay that is down; ends with <see cref="Stop"/>.</summary>
        public Task Healing { get; set; } = Task.CompletedTask;
    }
}
