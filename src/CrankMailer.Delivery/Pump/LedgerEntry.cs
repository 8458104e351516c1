namespace CrankMailer.Delivery.Pump;

/// <summary>A wish to change one delivery of ours, waiting for the next group commit.</summary>
internal abstract record LedgerEntry
{
    private LedgerEntry(ClaimedDelivery delivery) => Delivery = delivery;

    public ClaimedDelivery Delivery { get; }

    /// <summary>Asked for at MAIL FROM; the answer is awaited before the final dot.</summary>
    public sealed record HandOver(ClaimedDelivery Row) : LedgerEntry(Row)
    {
        /// <summary>True once <c>handed</c> is committed; false where the row is not ours to send any more.</summary>
        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>What became of it.</summary>
    /// <param name="Facts">Null where no transaction came about.</param>
    public sealed record Outcome(ClaimedDelivery Row, Verdict Verdict, AttemptFacts? Facts) : LedgerEntry(Row);

    /// <summary>Surely not sent: back to the queue.</summary>
    public sealed record GiveBack(ClaimedDelivery Row) : LedgerEntry(Row);
}
