using CrankMailer.Delivery.Campaigns;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Console.Pages.Ops;

/// <summary>Whom a campaign is for: its lists and, until it starts, how many people that is now.</summary>
internal sealed class CampaignAudience(CrankDb db, AudiencePreview preview)
{
    public async Task<ChosenPeople> FindAsync(CampaignHead campaign, CancellationToken ct)
    {
        var lists = await (from chosen in db.CampaignLists
                           join list in db.Lists on chosen.ListId equals list.Id
                           where chosen.CampaignId == campaign.Id
                           orderby list.Name
                           select new { list.Id, list.Name, chosen.Excluded }).ToListAsync(ct);
        var (to, without) = (lists.FindAll(l => !l.Excluded), lists.FindAll(l => l.Excluded));
        var count = campaign.StartedAt is null
            ? await preview.CountAsync(campaign.PublicationId, new AudienceChoice(to.ConvertAll(l => l.Id), without.ConvertAll(l => l.Id)), ct) : null;
        return new ChosenPeople(to.ConvertAll(l => l.Name), without.ConvertAll(l => l.Name), count);
    }
}

/// <param name="Count">Null once it has started: from then on the books say it.</param>
internal sealed record ChosenPeople(IReadOnlyList<string> Lists, IReadOnlyList<string> Without, AudienceCount? Count);
