namespace CrankMailer.Delivery.Freeze;

/// <summary>What one freezing transaction did.</summary>
/// <param name="Ended">There is nothing more to freeze: the audience is final, or the campaign does not run.</param>
/// <param name="Queued">Deliveries inserted.</param>
/// <param name="LeftOut">People left out with a reason.</param>
public sealed record FreezeStep(bool Ended, long Queued, long LeftOut)
{
    /// <summary>Another node froze meanwhile, or the campaign stands: look again later.</summary>
    internal static readonly FreezeStep Waited = new(false, 0, 0);

    internal static readonly FreezeStep Nothing = new(true, 0, 0);
}
