using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Pump;

/// <summary>How one row is changed by a group commit.</summary>
/// <param name="Facts">The attempt to be kept, with its verdict; null for none.</param>
internal sealed record RowChange(
    long Id, DeliveryState From, DeliveryState To, BounceClass? Class, DateTimeOffset? NotBefore, int Attempts, AttemptVerdict? Verdict, AttemptFacts? Facts)
{
    public static RowChange Into(RowSeen row, DeliveryState to) => new(row.Id, row.State, to, null, null, row.Attempts, null, null);
}

/// <summary>A row as the group commit finds it.</summary>
internal readonly record struct RowSeen(long Id, DeliveryState State, string? Owner, int Attempts);

/// <summary>A campaign as the group commit finds it.</summary>
/// <param name="IsOpen">It has not ended: what goes back to its queue will be sent.</param>
internal readonly record struct CampaignSeen(bool Capture, bool IsOpen);
