using CrankMailer.Delivery.Campaigns;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
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

    /// <summary>One page of those left out for a reason, by ascending subscriber id: as the books have it, or as it would be now until it starts.</summary>
    /// <param name="after">Last subscriber id of the page before; 0 for the first.</param>
    public async Task<IReadOnlyList<LeftOutPerson>> LeftOutAsync(CampaignHead campaign, LeftOutReason reason, long after, int take, CancellationToken ct)
    {
        if (campaign.StartedAt is null)
        {
            var chosen = await db.CampaignLists.AsNoTracking().Where(c => c.CampaignId == campaign.Id).ToListAsync(ct);
            var choice = new AudienceChoice([.. chosen.Where(c => !c.Excluded).Select(c => c.ListId)], [.. chosen.Where(c => c.Excluded).Select(c => c.ListId)]);
            return await preview.LeftOutPageAsync(campaign.PublicationId, choice, reason, after, take, ct);
        }
        return await (from left in db.LeftOut
                      join person in db.Subscribers on left.SubscriberId equals person.Id
                      where left.CampaignId == campaign.Id && left.Reason == reason && left.SubscriberId > after
                      orderby left.SubscriberId
                      select new LeftOutPerson(person.Id, person.Name, person.Email, left.Reason)).Take(take).ToListAsync(ct);
    }
}

/// <param name="Count">Null once it has started: from then on the books say it.</param>
internal sealed record ChosenPeople(IReadOnlyList<string> Lists, IReadOnlyList<string> Without, AudienceCount? Count);
