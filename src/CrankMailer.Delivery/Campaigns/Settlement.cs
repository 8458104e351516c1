namespace CrankMailer.Delivery.Campaigns;

/// <summary>What a person decides about a delivery of which nobody knows whether the relay took it.</summary>
public enum Settlement
{
    /// <summary>Send it again, with the same Message-ID, by which many receivers recognise the double.</summary>
    Resend,

    /// <summary>Take it as delivered.</summary>
    Accept,
}
