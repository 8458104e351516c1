using CrankMailer.Model;
using CrankMailer.Model.Audience;
using Microsoft.Extensions.Options;

namespace CrankMailer.Audience;

/// <summary>Writes the proof of what a person agreed to (R160). Append-only.</summary>
public sealed class ConsentLog(CrankDb db, IOptions<AudienceOptions> options, TimeProvider clock)
{
    /// <summary>Adds an entry to the context; it stands from the caller's commit.</summary>
    public void Add(ConsentKind kind, long subscriberId, int? listId, Visit visit, int? campaignId = null, string? note = null) =>
        db.ConsentEntries.Add(new ConsentEntry
        {
            SubscriberId = subscriberId, ListId = listId, Kind = kind, At = clock.Instant(), Source = visit.Source,
            TextVersion = kind is ConsentKind.Asked or ConsentKind.Confirmed ? options.Value.ConsentText : null,
            Network = visit.Network, UserAgent = visit.UserAgent, CampaignId = campaignId, Note = note,
        });
}
