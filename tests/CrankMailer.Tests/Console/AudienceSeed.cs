using CrankMailer.Model;
using CrankMailer.Model.Audience;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

/// <summary>People for the console's audience pages, all on one list "Monthly".</summary>
internal static class AudienceSeed
{
    public static Task<int> ListAsync(ConsoleSite site) => site.DoAsync(s => ListAsync(s.GetRequiredService<CrankDb>()));

    public static Task<long> PersonAsync(ConsoleSite site, string email, SubscriptionState state, string? name = null) => site.DoAsync(async services =>
    {
        var db = services.GetRequiredService<CrankDb>();
        var list = await ListAsync(db);
        var hasher = await services.GetRequiredService<AddressHashers>().GetAsync(ConsoleSite.Ct);
        var person = new Subscriber
        {
            PublicationId = await db.Publications.Select(p => p.Id).SingleAsync(ConsoleSite.Ct), Email = email, NormalizedEmail = email, Name = name,
            AddressHash = hasher.Hash(email), CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
        };
        db.Add(person);
        await db.SaveChangesAsync(ConsoleSite.Ct);
        db.Add(new Subscription { ListId = list, SubscriberId = person.Id, State = state, CreatedAt = DateTimeOffset.UnixEpoch });
        db.Add(new ConsentEntry { SubscriberId = person.Id, ListId = list, Kind = ConsentKind.Confirmed, At = DateTimeOffset.UnixEpoch, Source = "form:harbor-brief" });
        await db.SaveChangesAsync(ConsoleSite.Ct);
        return person.Id;
    });

    private static async Task<int> ListAsync(CrankDb db)
    {
        if (await db.Lists.FirstOrDefaultAsync(ConsoleSite.Ct) is { } known) return known.Id;
        var list = new MailingList { PublicationId = await db.Publications.Select(p => p.Id).SingleAsync(ConsoleSite.Ct), Slug = "monthly", Name = "Monthly", CreatedAt = DateTimeOffset.UnixEpoch };
        db.Add(list);
        await db.SaveChangesAsync(ConsoleSite.Ct);
        return list.Id;
    }
}
