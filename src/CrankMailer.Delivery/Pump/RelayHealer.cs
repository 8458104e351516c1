using CrankMailer.Delivery.Relays;
using CrankMailer.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>
/// Brings a relay back that is down: tries connection and log-in without a message until they work, so that no reader's mail is the probe. The alert
/// says what is wrong and when the next try is.
/// </summary>
internal sealed class RelayHealer(RelayLane lane, RelayTalks talks, DeliveryMetrics metrics, AlertRaiser alerts, string node, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger log)
{
    /// <summary>R63: a refused log-in is not tried in a loop. A changed relay row is tried at once, and so is one whose campaign is resumed.</summary>
    public static readonly TimeSpan OurFaultRetry = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(1);

    private volatile TaskCompletionSource? _waiting;

    /// <summary>Ends the wait for the next try; nothing where one is under way.</summary>
    public void TryNow() => _waiting?.TrySetResult();

    /// <summary>Ends when the relay works again.</summary>
    public async Task RunAsync(RelayFault fault, CancellationToken stop)
    {
        for (var wait = options.Value.RelayRetry; !stop.IsCancellationRequested; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            try
            {
                await WaitAsync(fault, fault.IsOurs ? OurFaultRetry : wait, stop);
                var begun = clock.GetTimestamp();
                if (await lane.Relay.FindProblemAsync(stop) is not { } problem)
                {
                    await alerts.ClearAsync(RelayAlerts.Down, lane.Subject, null, stop);
                    lane.Recover();
                    log.RelayUp(lane.Row.Name);
                    return;
                }
                talks.Note(lane.Row.Id, problem);
                fault = RelayFault.Find(problem) ?? fault;
                lane.StillFails(fault, begun);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A lost database must not keep the relay down for good.
                metrics.Error("heal");
                log.LoopFailed(e, "heal");
                await Task.Delay(AfterError, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitAsync(RelayFault fault, TimeSpan pause, CancellationToken stop)
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting = waiting;
        var text = RelayAlerts.DownText(fault, clock.GetUtcNow() + pause, node);
        if (!await alerts.RewordAsync(RelayAlerts.Down, lane.Subject, text, null, stop))
            await alerts.RaiseAsync(Severity.Error, RelayAlerts.Down, lane.Subject, text, null, null, stop);
        try
        {
            await waiting.Task.WaitAsync(pause, clock, stop);
        }
        catch (TimeoutException)
        {
            // Nobody asked for it earlier.
        }
    }
}
