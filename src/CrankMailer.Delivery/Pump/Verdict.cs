using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Pump;

/// <summary>What an answer of a relay means for one delivery.</summary>
internal abstract record Verdict
{
    private Verdict() { }

    /// <summary>2yz: the next hop has it (R80).</summary>
    public sealed record Accepted : Verdict;

    /// <summary>4yz: later again, at that time.</summary>
    /// <param name="Class">What it would end in.</param>
    public sealed record Deferred(DateTimeOffset RetryAt, BounceClass Class) : Verdict;

    /// <summary>5yz, or we gave up.</summary>
    public sealed record Bounced(BounceClass Class) : Verdict;

    /// <summary>Our fault (R91): the campaign stands, nobody is counted, the row waits.</summary>
    public sealed record Misconfigured(string Why) : Verdict;

    /// <summary>The final dot may have arrived, and no answer came.</summary>
    public sealed record Unknown : Verdict;

    /// <summary>
    /// No transaction came about, because every relay is down. Says nothing of the address and counts no attempt; the row is due at once, because
    /// nothing is claimed before a relay answers again.
    /// </summary>
    public sealed record NotTried : Verdict;
}
