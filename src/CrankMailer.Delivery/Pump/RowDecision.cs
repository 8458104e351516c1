using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Pump;

/// <summary>From what a row is, and what is wished, to what becomes of it: the state table of design §5 as code. Pure.</summary>
internal static class RowDecision
{
    /// <summary>Null where the row must stay as it is: somebody else decided meanwhile.</summary>
    public static RowChange? Decide(LedgerEntry entry, RowSeen row, string node, CampaignSeen campaign, DateTimeOffset now)
    {
        var (capture, isOpen) = campaign;
        // Handed over by another claim of ours: this one is stale.
        var ours = row.Owner == node && (row.State == DeliveryState.Claimed || (row.State == DeliveryState.Handed && entry.Delivery.HandOverAsked));
        return entry switch
        {
            LedgerEntry.HandOver => ours && row.State == DeliveryState.Claimed ? RowChange.Into(row, DeliveryState.Handed) : null,
            // A row that was handed and surely not sent has no way back to the queue but as due at once.
            LedgerEntry.GiveBack when ours => row.State == DeliveryState.Claimed
                ? RowChange.Into(row, DeliveryState.Queued)
                : RowChange.Into(row, DeliveryState.Deferred) with { NotBefore = now },
            LedgerEntry.Outcome outcome when ours => Outcome(outcome, row, capture, now),
            // Our lease had run out and the row was called uncertain: now there is evidence.
            LedgerEntry.Outcome { Verdict: Verdict.Accepted } outcome when row.State == DeliveryState.Uncertain => Outcome(outcome, row with { Attempts = row.Attempts - 1 }, capture, now),
            // Not in a campaign that has ended: nobody would send it, and nobody could see that. Uncertain, a person can.
            LedgerEntry.Outcome { Verdict: Verdict.Deferred or Verdict.NotTried } when row.State == DeliveryState.Uncertain && isOpen => RowChange.Into(row, DeliveryState.Queued),
            _ => null,
        };
    }

    private static RowChange Outcome(LedgerEntry.Outcome outcome, RowSeen row, bool capture, DateTimeOffset now)
    {
        var tried = row.Attempts + 1;
        RowChange Change(DeliveryState to, AttemptVerdict verdict, BounceClass? kind = null, DateTimeOffset? at = null) =>
            new(row.Id, row.State, to, kind, at, tried, outcome.Facts is null ? null : verdict, outcome.Facts);
        return outcome.Verdict switch
        {
            Verdict.Accepted => Change(capture ? DeliveryState.Captured : DeliveryState.Accepted, capture ? AttemptVerdict.Captured : AttemptVerdict.Accepted),
            Verdict.Deferred deferred => Change(DeliveryState.Deferred, AttemptVerdict.Deferred, deferred.Class, deferred.RetryAt),
            Verdict.Bounced bounced => Change(DeliveryState.Bounced, AttemptVerdict.Bounced, bounced.Class),
            // Due at once, but its campaign stands until somebody mended the fault and resumes it.
            Verdict.Misconfigured => Change(DeliveryState.Deferred, AttemptVerdict.Misconfigured, BounceClass.Config, now),
            Verdict.Unknown => Change(DeliveryState.Uncertain, AttemptVerdict.Unknown),
            Verdict.NotTried => RowChange.Into(row, DeliveryState.Deferred) with { NotBefore = now },
            _ => throw new InvalidOperationException($"No such verdict: {outcome.Verdict}."),
        };
    }
}
