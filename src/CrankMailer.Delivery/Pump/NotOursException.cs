namespace CrankMailer.Delivery.Pump;

/// <summary>The hand-over was refused: the person unsubscribed, the campaign was cancelled, the lease ran out. Thrown into the SMTP transaction.</summary>
internal sealed class NotOursException() : Exception("The delivery is not ours to send any more.");
