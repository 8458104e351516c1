using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Pump;

/// <summary>A message this node has claimed and is to send.</summary>
internal abstract record MailWork
{
    private MailWork() { }

    public sealed record Bulk(ClaimedDelivery Delivery, RunningCampaign Campaign) : MailWork;

    public sealed record System(OutboxMail Mail) : MailWork;
}
