using CrankMailer.Delivery.Relays;

namespace CrankMailer.Delivery.Pump;

/// <summary>Whether a message is dealt with, or the relay failed before anything was tried, so that another may take it.</summary>
internal abstract record SendOutcome
{
    public static readonly SendOutcome Done = new Dealt();

    private SendOutcome() { }

    public sealed record Dealt : SendOutcome;

    public sealed record Failed(RelayFault Fault) : SendOutcome;
}
