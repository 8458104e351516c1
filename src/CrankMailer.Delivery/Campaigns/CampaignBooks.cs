using CrankMailer.Delivery.Ledger;
using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>The books of a campaign at one moment (design §5, rule 4).</summary>
/// <param name="States">Deliveries by state, all states, zeros too.</param>
/// <param name="LeftOut">People of the chosen lists who are not in the audience, by reason.</param>
public sealed record CampaignBooks(CampaignHead Campaign, IReadOnlyDictionary<DeliveryState, long> States, IReadOnlyDictionary<LeftOutReason, long> LeftOut)
{
    /// <summary>Readers who reported it as spam (R93 measures them against what was accepted).</summary>
    public long Complaints { get; init; }

    /// <summary>Audience less all states: 0, or something is broken.</summary>
    public long Difference => Campaign.Audience - States.Values.Sum();

    public bool Balance => Difference == 0;

    /// <summary>Deliveries the pump still has to bring to an end.</summary>
    public long Open => DeliveryStates.Open.Sum(state => States[state]);

    /// <summary>Deliveries with an end; uncertain ones wait for a person and are not among them.</summary>
    public long Ended => Campaign.Audience - Open - States[DeliveryState.Uncertain];

    /// <summary>The audience will not grow any more.</summary>
    public bool IsFinal => Campaign.FrozenAt is not null;
}
