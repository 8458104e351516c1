namespace CrankMailer.Model.Ledger;

public enum CampaignState { Draft, Scheduled, Running, Paused, Done, Held, Cancelled }

/// <summary>One edition (or one for each language) sent to chosen lists at a time.</summary>
public sealed class Campaign
{
    public int Id { get; set; }
    public int PublicationId { get; set; }
    public int IssueId { get; set; }
    public string Name { get; set; } = "";
    public CampaignState State { get; set; }

    /// <summary>The instant it is to start; shown in <see cref="TimeZone"/>. Null: not scheduled.</summary>
    public DateTimeOffset? StartsAt { get; set; }
    public string TimeZone { get; set; } = "Etc/UTC";
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Why it is paused, held or cancelled, in the operator's words or ours.</summary>
    public string? StateReason { get; set; }

    /// <summary>Freeze, rule 1: who was subscribed at this instant is the audience.</summary>
    public DateTimeOffset? FreezeAt { get; set; }

    /// <summary>The last subscriber id that was looked at; freezing goes on behind it after a crash.</summary>
    public long FreezeCursor { get; set; }

    /// <summary>Set when the cursor reached the end: the audience is final and <c>done</c> possible.</summary>
    public DateTimeOffset? FrozenAt { get; set; }

    /// <summary>Deliveries inserted so far; also the last delivery id given out.</summary>
    public long Audience { get; set; }

    /// <summary>Last time the ledger of this campaign moved; a running one that lies longer than two hours is held (design §3).</summary>
    public DateTimeOffset? LastLedgerWrite { get; set; }

    /// <summary>Made in capture mode: its rows end in <c>captured</c>.</summary>
    public bool Capture { get; set; }
    public int? CreatedById { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>An edition of a campaign. Key: (campaign, edition).</summary>
public sealed class CampaignEdition
{
    public int CampaignId { get; set; }
    public int EditionId { get; set; }
    public string Lang { get; set; } = "en";
}

/// <summary>A list chosen for a campaign, or taken out of it. Key: (campaign, list).</summary>
public sealed class CampaignList
{
    public int CampaignId { get; set; }
    public int ListId { get; set; }
    public bool Excluded { get; set; }
}
