using CrankMailer.Delivery.Campaigns;
using CrankMailer.Delivery.Freeze;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

public sealed class FreezerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Everybody_of_the_lists_is_in_once_or_left_out_with_a_reason(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var second = await world.AddListAsync("weekly");
        var excluded = await world.AddListAsync("staff");
        var both = (await world.AddSubscribersAsync(3))[0];
        await world.SubscribeAsync(both, second);
        await world.AddSubscriberAsync("pending@example.org", state: SubscriptionState.Pending);
        await world.AddSubscriberAsync("left@example.org", state: SubscriptionState.Unsubscribed);
        await world.AddSubscriberAsync("paused@example.org", state: SubscriptionState.Paused);
        await world.AddSubscriberAsync("complained@example.org");
        await world.SuppressAsync("complained@example.org");
        await world.AddSubscriberAsync("elsewhere@example.org");
        await world.SuppressAsync("elsewhere@example.org", publication: world.PublicationId + 1);
        await world.SubscribeAsync(await world.AddSubscriberAsync("staff@example.org"), excluded);
        await world.AddSubscriberAsync("erased@example.org", with: s => (s.Email, s.NormalizedEmail, s.ErasedAt) = (null, null, world.Clock.Instant()));
        await world.AddSubscriberAsync(new string('x', 65) + "@example.org");

        var campaign = await world.StartCampaignAsync(new AudienceChoice([world.ListId, second], [excluded]));
        var preview = await world.With<AudiencePreview, AudienceCount>(p => p.CountAsync(world.PublicationId, new AudienceChoice([world.ListId, second], [excluded]), Ct));
        await world.FreezeAsync(campaign);

        var books = await world.BooksAsync(campaign);
        Assert.Equal(4, books.Campaign.Audience);
        Assert.Equal(4, books.States[DeliveryState.Queued]);
        Assert.True(books.IsFinal);
        var expected = new[]
        {
            LeftOutReason.Unconfirmed, LeftOutReason.Unsubscribed, LeftOutReason.Paused, LeftOutReason.Suppressed, LeftOutReason.Excluded, LeftOutReason.Erased, LeftOutReason.InvalidAddress,
        }.ToDictionary(r => r, _ => 1L);
        Assert.Equal(expected, books.LeftOut);
        Assert.Equal(4, preview.Audience);
        Assert.Equal(expected, preview.LeftOut);
        await world.AssertBooksAsync(campaign);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Who_subscribes_after_the_instant_is_not_in(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.AddSubscribersAsync(2);
        var campaign = await world.StartCampaignAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.AddSubscribersAsync(5);
        await world.FreezeAsync(campaign);

        var books = await world.BooksAsync(campaign);
        Assert.Equal(2, books.Campaign.Audience);
        Assert.Empty(books.LeftOut);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_pause_that_is_over_counts_as_active(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var person = await world.AddSubscriberAsync("back@example.org", state: SubscriptionState.Paused);
        await using (var db = world.Open())
            await db.Subscriptions.Where(s => s.SubscriberId == person).ExecuteUpdateAsync(s => s.SetProperty(x => x.PausedUntil, world.Clock.Instant() - TimeSpan.FromDays(1)), Ct);

        var campaign = await world.StartCampaignAsync();
        await world.FreezeAsync(campaign);
        Assert.Equal(1, (await world.BooksAsync(campaign)).Campaign.Audience);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_crash_amid_freezing_repeats_nobody_and_skips_nobody(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.AddSubscribersAsync(4_500);
        var campaign = await world.StartCampaignAsync();

        // The first process ends after one chunk; another goes on behind the cursor.
        var step = await world.Services.GetRequiredService<Freezer>().StepAsync(campaign, Ct);
        Assert.False(step.Ended);
        Assert.InRange((await world.BooksAsync(campaign)).Campaign.Audience, 1, 4_499);
        await world.AssertBooksAsync(campaign);
        await using var other = world.OtherNode();
        while (!(await other.GetRequiredService<Freezer>().StepAsync(campaign, Ct)).Ended) { }

        await using var db = world.Open();
        Assert.Equal(4_500, await db.Deliveries.Where(d => d.CampaignId == campaign).Select(d => d.SubscriberId).Distinct().CountAsync(Ct));
        Assert.Equal(Enumerable.Range(1, 4_500).Select(n => (long)n), await db.Deliveries.Where(d => d.CampaignId == campaign).OrderBy(d => d.Id).Select(d => d.Id).ToListAsync(Ct));
        await world.AssertBooksAsync(campaign);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Two_nodes_freezing_at_once_count_everybody_once(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.AddSubscribersAsync(3_000);
        var campaign = await world.StartCampaignAsync();
        await using var other = world.OtherNode();
        await Task.WhenAll(RunAsync(world.Services), RunAsync(other));

        Assert.Equal(3_000, (await world.BooksAsync(campaign)).Campaign.Audience);
        await world.AssertBooksAsync(campaign);

        async Task RunAsync(ServiceProvider node)
        {
            await Task.Yield();
            while (!(await node.GetRequiredService<Freezer>().StepAsync(campaign, Ct)).Ended) { }
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Edition_follows_the_language_and_provider_the_domain(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var german = await world.AddEditionAsync("de");
        var austrian = await world.AddSubscriberAsync("wien@GoogleMail.com", with: s => s.Lang = "de-AT");
        var french = await world.AddSubscriberAsync("paris@small.example", with: s => s.Lang = "fr");
        var campaign = await world.CreateCampaignAsync(editions: [world.EditionId, german.Id]);
        await world.Desk(d => d.StartAsync(campaign, null, Ct));
        await world.FreezeAsync(campaign);

        await using var db = world.Open();
        var rows = await db.Deliveries.Where(d => d.CampaignId == campaign).ToDictionaryAsync(d => d.SubscriberId, Ct);
        Assert.Equal((german.Id, "google"), (rows[austrian].EditionId, rows[austrian].Provider));
        Assert.Equal((world.EditionId, "small.example"), (rows[french].EditionId, rows[french].Provider));
        Assert.Equal("wien@GoogleMail.com", rows[austrian].Address);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_paused_campaign_is_not_frozen_further_and_a_resumed_one_is(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.AddSubscribersAsync(10);
        var campaign = await world.StartCampaignAsync();
        await world.Desk(d => d.PauseAsync(campaign, null, null, Ct));
        await world.FreezeAsync(campaign);
        Assert.Equal(0, (await world.BooksAsync(campaign)).Campaign.Audience);

        await world.Desk(d => d.ResumeAsync(campaign, null, Ct));
        await world.FreezeAsync(campaign);
        Assert.Equal(10, (await world.BooksAsync(campaign)).Campaign.Audience);
    }
}
