using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Operations;

namespace CrankMailer.Console.Shared;

/// <summary>The word and tone of every state a person reads.</summary>
internal static class StateWords
{
    public static (Tone Tone, string Word) Of(Enum state) => state switch
    {
        IssueState.Draft => (Tone.Neutral, "Draft"),
        IssueState.Review => (Tone.Warn, "In review"),
        IssueState.Approved => (Tone.Good, "Approved"),
        IssueState.Published => (Tone.Info, "Published"),
        CampaignState.Running => (Tone.Info, "Running"),
        CampaignState.Done => (Tone.Good, "Done"),
        CampaignState.Paused or CampaignState.Held => (Tone.Warn, state.ToString()),
        CampaignState.Scheduled => (Tone.Info, "Scheduled"),
        DeliveryState.Accepted or OutboxState.Accepted or JobOutcome.Succeeded or SubscriptionState.Active => (Tone.Good, state.ToString()),
        DeliveryState.Captured => (Tone.Good, "Caught"),
        DeliveryState.Bounced or OutboxState.Failed or JobOutcome.Failed or JobOutcome.Dead => (Tone.Bad, state.ToString()),
        DeliveryState.Deferred or DeliveryState.Uncertain or OutboxState.Deferred or SubscriptionState.Pending => (Tone.Warn, state.ToString()),
        Severity.Error => (Tone.Bad, "Error"),
        Severity.Warning => (Tone.Warn, "Warning"),
        _ => (Tone.Neutral, state.ToString()),
    };
}
