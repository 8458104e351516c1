namespace CrankMailer.Feedback.Handling;

/// <summary>What a report is about, by a token that we signed.</summary>
internal abstract record Subject
{
    private Subject() { }

    /// <summary>Stable over reports: part of the digest by which the same one is known again.</summary>
    public abstract string Key { get; }

    public sealed record Delivery(int CampaignId, long Id) : Subject
    {
        public override string Key => $"delivery:{CampaignId}/{Id}";
    }

    public sealed record SystemMail(long Id) : Subject
    {
        public override string Key => $"outbox:{Id}";
    }
}
