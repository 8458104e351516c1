using System.Threading.Channels;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Delivery.Pump;

/// <summary>
/// The one writer of a node's hand-overs and verdicts: whatever came in while the last commit was under way goes into the next one, so many messages
/// share one flush to disk. In order of arrival: a verdict is committed no later than the next hand-over on the same connection, therefore never
/// more rows are uncertain than messages are in flight (design §5, R68).
/// </summary>
internal sealed class LedgerWriter(LedgerStore ledger, GroupCommit commit, Holds<DeliveryKey> hands, DeliveryMetrics metrics, AlertRaiser alerts, TimeProvider clock, ILogger<LedgerWriter> log)
{
    private const int MostEntries = 500;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Channel<LedgerEntry> _entries = Channel.CreateUnbounded<LedgerEntry>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Completes after the commit.</summary>
    /// <returns>False where the row is not ours to send: cancelled, suppressed, or another's.</returns>
    /// <exception cref="LedgerUnavailableException">The database could not be written: the message must not be sent.</exception>
    public Task<bool> HandOverAsync(ClaimedDelivery delivery)
    {
        delivery.HandOverAsked = true;
        var entry = new LedgerEntry.HandOver(delivery);
        return _entries.Writer.TryWrite(entry) ? entry.Answer.Task : throw new LedgerUnavailableException("The ledger is closed.", null);
    }

    /// <summary>Keeps what became of a message. Not awaited: the order of commits is enough.</summary>
    public void Record(ClaimedDelivery delivery, Verdict verdict, AttemptFacts? facts) => Add(new LedgerEntry.Outcome(delivery, verdict, facts));

    public void GiveBack(ClaimedDelivery delivery) => Add(new LedgerEntry.GiveBack(delivery));

    /// <summary>Nothing more will come; <see cref="RunAsync"/> ends when all is written.</summary>
    public void Complete() => _entries.Writer.TryComplete();

    /// <summary>Writes until completed.</summary>
    /// <param name="giveUp">From then on what cannot be written is not tried again, because the database does not come back; who asks for a hand-over still gets an answer.</param>
    /// <returns>True where everything was written.</returns>
    public async Task<bool> RunAsync(CancellationToken giveUp)
    {
        var complete = true;
        var pending = new List<LedgerEntry>();
        while (pending.Count > 0 || await _entries.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (pending.Count < MostEntries && _entries.Reader.TryRead(out var entry)) pending.Add(entry);
            if (pending.Count > 0) complete &= await WriteAsync(pending, giveUp);
        }
        return complete;
    }

    /// <summary>Tries until nothing is left of the entries, or it is time to give up.</summary>
    private async Task<bool> WriteAsync(List<LedgerEntry> entries, CancellationToken giveUp)
    {
        for (var wait = FirstWait; await TryCommitAsync(entries) is { } error; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            log.CannotWriteLedger(error, entries.Count);
            RefuseHandOvers(entries, error);
            if (!LedgerConflicts.IsPassing(error)) await WriteSinglyAsync(entries);
            if (entries.Count == 0) return true;
            if (!giveUp.IsCancellationRequested) await WaitAsync(entries, wait, error, giveUp);
            else
            {
                foreach (var entry in entries) Lose(entry);
                entries.Clear();
                return false;
            }
        }
        return true;
    }

    /// <returns>Null where it is committed; then the list is empty.</returns>
    private async Task<Exception?> TryCommitAsync(List<LedgerEntry> entries)
    {
        if (entries.Count == 0) return null;
        try
        {
            var begun = clock.GetTimestamp();
            // What the relay took must be kept even while the process is told to stop.
            var refused = await ledger.WriteAsync(sql => commit.WriteAsync(sql, entries, CancellationToken.None), CancellationToken.None);
            metrics.Committed(entries.Count, clock.GetElapsedTime(begun));
            foreach (var handOver in entries.OfType<LedgerEntry.HandOver>()) handOver.Answer.TrySetResult(!refused.Contains(handOver));
            foreach (var settled in entries.Where(entry => entry is not LedgerEntry.HandOver)) hands.LetGo(settled.Delivery.Key);
            entries.Clear();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>Messages that wait for their hand-over are not sent; what was sent already is written as soon as it can be.</summary>
    private static void RefuseHandOvers(List<LedgerEntry> entries, Exception error)
    {
        foreach (var handOver in entries.OfType<LedgerEntry.HandOver>())
            handOver.Answer.TrySetException(new LedgerUnavailableException("The ledger could not be written.", error));
        entries.RemoveAll(entry => entry is LedgerEntry.HandOver);
    }

    /// <summary>Waits before the next try, and answers meanwhile: who waits for a hand-over keeps a connection, and at a stop the whole process, waiting.</summary>
    private async Task WaitAsync(List<LedgerEntry> entries, TimeSpan wait, Exception error, CancellationToken giveUp)
    {
        using var patience = new CancellationTokenSource(wait, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, giveUp);
        try
        {
            while (await _entries.Reader.WaitToReadAsync(over.Token))
            {
                while (_entries.Reader.TryRead(out var entry)) entries.Add(entry);
                RefuseHandOvers(entries, error);
            }
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Time for the next try, or for the last one.
        }
    }

    /// <summary>
    /// One entry the database does not take must not keep the others from it. It is set aside where the fault is in its data, or where others can be
    /// written beside it; where none can, it is the database, and all are tried again.
    /// </summary>
    private async Task WriteSinglyAsync(List<LedgerEntry> entries)
    {
        var failed = new List<(LedgerEntry Entry, Exception Error)>();
        foreach (var entry in entries)
            if (await TryCommitAsync([entry]) is { } error) failed.Add((entry, error));
        var works = failed.Count < entries.Count;
        entries.Clear();
        foreach (var (entry, error) in failed)
        {
            if (LedgerConflicts.IsPassing(error) || !(works || LedgerConflicts.IsOfTheData(error))) entries.Add(entry);
            else await SetAsideAsync(entry, error);
        }
    }

    private async Task SetAsideAsync(LedgerEntry entry, Exception error)
    {
        var row = entry.Delivery;
        log.SetAside(error, row.CampaignId, row.Id);
        hands.LetGo(row.Key); // not renewed: claimed it is sent again, handed over it becomes uncertain, and a person decides
        try
        {
            await alerts.RaiseAsync(
                Severity.Error, "ledger-entry", $"The outcome of delivery {row.Id}", " cannot be written into the ledger and was set aside; the log says why. The delivery will be shown as uncertain.",
                row.PublicationId, row.CampaignId, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.CannotWriteLedger(e, 1); // the log above has told it
        }
    }

    private void Add(LedgerEntry entry)
    {
        // In hand until it is written: the lease must not run out while the database is away.
        hands.Take(entry.Delivery.Key);
        if (!_entries.Writer.TryWrite(entry)) Lose(entry);
    }

    private void Lose(LedgerEntry entry)
    {
        hands.LetGo(entry.Delivery.Key);
        log.LostEntry(entry.Delivery.CampaignId, entry.Delivery.Id);
    }
}
