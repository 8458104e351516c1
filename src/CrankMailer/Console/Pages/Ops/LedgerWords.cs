using CrankMailer.Model.Ledger;

namespace CrankMailer.Console.Pages.Ops;

/// <summary>States and reasons of the ledger, explained to a person who has never seen it.</summary>
internal static class LedgerWords
{
    /// <summary>The order in which the books are read: what is still to do, then how it ended.</summary>
    public static IReadOnlyList<DeliveryState> Order { get; } =
    [
        DeliveryState.Queued, DeliveryState.Claimed, DeliveryState.Handed, DeliveryState.Deferred, DeliveryState.Accepted, DeliveryState.Captured,
        DeliveryState.Bounced, DeliveryState.Uncertain, DeliveryState.Suppressed, DeliveryState.Cancelled,
    ];

    public static string Title(DeliveryState state) => state switch
    {
        DeliveryState.Queued => "Waiting",
        DeliveryState.Claimed => "Being prepared",
        DeliveryState.Handed => "On the wire",
        DeliveryState.Deferred => "To be tried again",
        DeliveryState.Accepted => "Accepted",
        DeliveryState.Captured => "Caught",
        DeliveryState.Bounced => "Bounced",
        DeliveryState.Uncertain => "Uncertain",
        DeliveryState.Suppressed => "Left or suppressed meanwhile",
        _ => "Cancelled",
    };

    public static string Meaning(DeliveryState state) => state switch
    {
        DeliveryState.Queued => "nothing has been tried yet",
        DeliveryState.Claimed => "a process is writing the mail",
        DeliveryState.Handed => "the relay has it and has not answered yet",
        DeliveryState.Deferred => "the relay or the receiver said: later",
        DeliveryState.Accepted => "the next server took it over (not: it is in the inbox)",
        DeliveryState.Captured => "caught here, sent to nobody",
        DeliveryState.Bounced => "refused for good, or given up",
        DeliveryState.Uncertain => "handed over, but the answer was lost: a person decides",
        DeliveryState.Suppressed => "they unsubscribed or were suppressed after the start",
        _ => "the campaign was cancelled before their turn",
    };

    public static string Reason(LeftOutReason reason) => reason switch
    {
        LeftOutReason.Unconfirmed => "Have not confirmed their address",
        LeftOutReason.Unsubscribed => "Unsubscribed",
        LeftOutReason.Paused => "Paused by themselves",
        LeftOutReason.Suppressed => "Suppressed (bounced, complained, or by an operator)",
        LeftOutReason.Excluded => "On an excluded list",
        LeftOutReason.Erased => "Erased",
        LeftOutReason.InvalidAddress => "Address cannot be mailed",
        _ => "Same address as somebody else",
    };

    /// <summary>How far an SMTP transaction came, from the ledger's word for its phase.</summary>
    public static string Phase(string? phase) => phase switch
    {
        "connect" or "ehlo" => "Connecting",
        "starttls" => "Encrypting",
        "auth" => "Signing in to the relay",
        "mail" => "Naming the sender",
        "rcpt" => "Naming the recipient",
        "data" => "Before the mail",
        "final-dot" => "The whole mail",
        null => "",
        _ => phase,
    };

    public static string Number(long number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
