using CrankMailer.Model.Publications;

namespace CrankMailer.Delivery.Relays;

/// <summary>Makes the relay of a row; the place to plug in another kind.</summary>
public interface IRelayOpener
{
    IRelay Open(RelayRow row);
}
