using CrankMailer.Delivery.Campaigns;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

public sealed class LeftOutTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 15, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_numbers_of_a_draft_lead_to_the_people_page_by_page()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        for (var i = 0; i < 52; i++) await AudienceSeed.PersonAsync(site, $"reader{i}@example.org", SubscriptionState.Pending);
        await AudienceSeed.PersonAsync(site, "ben@example.org", SubscriptionState.Paused);
        await MakeAsync(site, started: false);
        using var olga = await site.OpenAsAsync("olga", Roles.Operator);

        var page = await olga.GetAsync("/ops/campaigns/1");
        page = await olga.GetAsync(page.Find("a[href*='left=unconfirmed']")?.GetAttribute("href") ?? "");
        Assert.Contains("reader0@", page.Find("#left-out table")?.TextContent);
        Assert.DoesNotContain("ben@", page.Text);
        page = await olga.GetAsync(page.Find("#left-out a[rel='next']")?.GetAttribute("href") ?? "");
        Assert.Contains("reader51@", page.Find("#left-out table")?.TextContent);
        Assert.DoesNotContain("reader0@", page.Text);
    }

    [Fact]
    public async Task The_numbers_of_the_books_lead_to_who_was_left_out_at_the_start()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        var id = await AudienceSeed.PersonAsync(site, "ann@example.org", SubscriptionState.Active);
        await MakeAsync(site, started: true, new LeftOut { CampaignId = 1, SubscriberId = id, Reason = LeftOutReason.Unconfirmed });
        using var olga = await site.OpenAsAsync("olga", Roles.Operator);

        var page = await olga.GetAsync((await olga.GetAsync("/ops/campaigns/1")).Find("a[href*='left=unconfirmed']")?.GetAttribute("href") ?? "");
        Assert.Equal($"/audience/people/{id}", page.Find("#left-out td a")?.GetAttribute("href"));
        Assert.Contains("Nobody is left out", (await olga.GetAsync("/ops/campaigns/1?left=paused")).Text);
    }

    [Theory]
    [InlineData(SuppressionReason.HardBounce, false, @"is suppressed \(mail bounced: it does not exist\) since Monday 1 June 2026")]
    [InlineData(SuppressionReason.Complaint, false, @"is suppressed \(the reader complained\) since Monday 1 June 2026")]
    [InlineData(SuppressionReason.Operator, true, @"was suppressed \(by an operator\) from Monday 1 June 2026.* to Wednesday 1 July 2026")]
    public async Task A_suppressed_person_is_told_why_since_when_and_linked(SuppressionReason reason, bool lifted, string sentence)
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        var id = await AudienceSeed.PersonAsync(site, "ann@example.org", SubscriptionState.Active);
        await MakeAsync(site, started: true, new LeftOut { CampaignId = 1, SubscriberId = id, Reason = LeftOutReason.Suppressed });
        await site.DoAsync(async services =>
        {
            var db = services.GetRequiredService<CrankDb>();
            var hash = await db.Subscribers.Select(s => s.AddressHash).SingleAsync(Ct);
            db.Add(new Suppression { AddressHash = hash, Reason = reason, At = Start.AddDays(-14), LiftedAt = lifted ? Start.AddDays(16) : null });
            db.Add(new Suppression { AddressHash = hash, Reason = SuppressionReason.Import, At = Start.AddDays(20) });
            return await db.SaveChangesAsync(Ct);
        });

        Assert.Matches(sentence, Assert.Single(await StoryAsync(site)).Sentence);
        using var olga = await site.OpenAsAsync("olga", Roles.Operator);
        var page = await (await olga.GetAsync("/ops/search")).SubmitAsync("search", ("q", "ann@"));
        Assert.NotNull(page.Find($"article h2 a[href='/audience/people/{id}']"));
    }

    [Theory]
    [InlineData(SubscriptionState.Unsubscribed, 2, "They unsubscribed from “Monthly” later, on Wednesday 17 June 2026")]
    [InlineData(SubscriptionState.Paused, 2, "They paused “Monthly” later, on Wednesday 17 June 2026")]
    [InlineData(SubscriptionState.Unsubscribed, -2, null), InlineData(SubscriptionState.Active, 2, null)]
    public async Task Who_was_sent_it_and_left_or_paused_afterwards_is_told_so_with_the_day(SubscriptionState state, int days, string? sentence)
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        var id = await AudienceSeed.PersonAsync(site, "ann@example.org", state);
        await MakeAsync(site, started: true, new CrankMailer.Model.Ledger.Delivery { CampaignId = 1, SubscriberId = id, Address = "ann@example.org", Provider = "example", State = DeliveryState.Accepted, StateAt = Start });
        await site.DoAsync(async services =>
        {
            var db = services.GetRequiredService<CrankDb>();
            (await db.Subscriptions.SingleAsync(Ct)).EndedAt = state == SubscriptionState.Unsubscribed ? Start.AddDays(days) : null;
            if (state == SubscriptionState.Paused) db.Add(new ConsentEntry { SubscriberId = id, ListId = 1, Kind = ConsentKind.Paused, At = Start.AddDays(days), Source = "link" });
            return await db.SaveChangesAsync(Ct);
        });

        var told = Assert.Single(await StoryAsync(site)).Sentence;
        Assert.StartsWith("The next server took it on Monday 15 June 2026", told);
        if (sentence is null) Assert.DoesNotContain("They ", told);
        else Assert.Contains(sentence, told);
    }

    private static Task<IReadOnlyList<StoryLine>> StoryAsync(ConsoleSite site) => site.DoAsync(s => s.GetRequiredService<DeliveryStory>().SearchAsync("ann@", null, 10, Ct));

    private static async Task MakeAsync(ConsoleSite site, bool started, object? row = null)
    {
        var list = await AudienceSeed.ListAsync(site);
        await site.DoAsync(async services =>
        {
            var db = services.GetRequiredService<CrankDb>();
            db.Add(new IssueRow { PublicationId = 1, Slug = "2026-06", State = IssueState.Published, Revision = 1, CreatedAt = Start, UpdatedAt = Start });
            await db.SaveChangesAsync(Ct);
            db.Add(new Campaign
            {
                PublicationId = 1, IssueId = 1, Name = "June", State = started ? CampaignState.Done : CampaignState.Draft, TimeZone = "Etc/UTC", CreatedAt = Start,
                StartedAt = started ? Start : null, FrozenAt = started ? Start : null, Audience = row is CrankMailer.Model.Ledger.Delivery ? 1 : 0,
            });
            await db.SaveChangesAsync(Ct);
            db.Add(new CampaignList { CampaignId = 1, ListId = list });
            if (row is not null) db.Add(row);
            return await db.SaveChangesAsync(Ct);
        });
    }
}
