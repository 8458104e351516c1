using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Ledger;

/// <summary>The states of a delivery and the ways between them (design §5).</summary>
public static class DeliveryStates
{
    /// <summary>Something is still to be done by the pump: a campaign with such rows is not done.</summary>
    public static IReadOnlyList<DeliveryState> Open { get; } = [DeliveryState.Queued, DeliveryState.Claimed, DeliveryState.Handed, DeliveryState.Deferred];

    /// <summary>What cancelling a campaign takes back: nothing that was handed over.</summary>
    internal static IReadOnlyList<DeliveryState> Cancellable { get; } = [DeliveryState.Queued, DeliveryState.Claimed, DeliveryState.Deferred];

    public static bool IsOpen(this DeliveryState state) => Open.Contains(state);
}
