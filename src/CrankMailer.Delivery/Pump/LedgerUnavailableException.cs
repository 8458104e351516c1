namespace CrankMailer.Delivery.Pump;

/// <summary>A hand-over could not be committed. Thrown into the SMTP transaction, so that its final dot is never sent.</summary>
internal sealed class LedgerUnavailableException(string message, Exception? inner) : Exception(message, inner);
