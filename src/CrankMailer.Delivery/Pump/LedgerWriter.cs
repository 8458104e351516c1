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
internal sealed class LedgerWriter(LedgerStore ledger, GroupCommit commit, Holds<DeliveryKey> hands, DeliveryMetrics metrics, TimeProvider clock, ILogger<LedgerWriter> log)
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
        var entry = new LedgerEntry.HandOver(delivery);
        return _entries.Writer.TryWrite(entry) ? entry.Answer.Task : throw new LedgerUnavailableException("The ledger is closed.", null);
    }

    /// <summary>Keeps what became of a message. Not awaited: the order of commits is enough.</summary>
    public void Record(ClaimedDelivery delivery, Verdict verdict, AttemptFacts? facts) => Add(new LedgerEntry.Outcome(delivery, verdict, facts));

    public void GiveBack(ClaimedDelivery delivery) => Add(new LedgerEntry.GiveBack(delivery));

    /// <summary>Nothing more will come; <see cref="RunAsync"/> ends when all is written.</summary>
    public void Complete() => _entries.Writer.TryComplete();

    /// <summary>Writes until completed.</summary>
    /// <param name="giveUp">Ends the writer although entries are left, because the database does not come back.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        var pending = new List<LedgerEntry>();
        while (pending.Count > 0 || await _entries.Reader.WaitToReadAsync(giveUp))
        {
            while (pending.Count < MostEntries && _entries.Reader.TryRead(out var entry)) pending.Add(entry);
            if (pending.Count > 0) await WriteAsync(pending, giveUp);
        }
    }

    private async Task WriteAsync(List<LedgerEntry> entries, CancellationToken giveUp)
    {
        for (var wait = FirstWait; entries.Count > 0; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                var begun = clock.GetTimestamp();
                // What the relay took must be kept even while the process is told to stop.
                var refused = await ledger.WriteAsync(sql => commit.WriteAsync(sql, entries, CancellationToken.None), CancellationToken.None);
                metrics.Committed(entries.Count, clock.GetElapsedTime(begun));
                foreach (var handOver in entries.OfType<LedgerEntry.HandOver>()) handOver.Answer.TrySetResult(!refused.Contains(handOver));
                foreach (var settled in entries.Where(entry => entry is not LedgerEntry.HandOver)) hands.LetGo(settled.Delivery.Key);
                entries.Clear();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.CannotWriteLedger(e, entries.Count);
                // Messages that wait for their hand-over are not sent; what was sent already is written as soon as it can be.
                foreach (var handOver in entries.OfType<LedgerEntry.HandOver>())
                    handOver.Answer.TrySetException(new LedgerUnavailableException("The ledger could not be written.", e));
                entries.RemoveAll(entry => entry is LedgerEntry.HandOver);
                if (entries.Count > 0) await Task.Delay(wait, clock, giveUp);
            }
        }
    }

    private void Add(LedgerEntry entry)
    {
        // In hand until it is written: the lease must not run out while the database is away.
        hands.Take(entry.Delivery.Key);
        if (_entries.Writer.TryWrite(entry)) return;
        hands.LetGo(entry.Delivery.Key);
        log.LostEntry(entry.Delivery.CampaignId, entry.Delivery.Id);
    }
}
