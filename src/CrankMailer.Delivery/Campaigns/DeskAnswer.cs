namespace CrankMailer.Delivery.Campaigns;

/// <summary>What the desk says to a wish: done, or why not. One plain sentence or two either way, fit to be shown.</summary>
public abstract record DeskAnswer(string Text)
{
    public sealed record Done(int CampaignId, string Text) : DeskAnswer(Text);

    public sealed record Refused(string Text) : DeskAnswer(Text);
}
