using CrankMailer.Audience;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Tokens;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Audience;

public sealed class UnsubscribeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseEngine> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task One_click_ends_the_lists_of_the_campaign_and_no_other(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var person = await world.SubscribeAsync("ann@example.org", "monthly", "events");
        var campaign = await world.CampaignAsync(world.Monthly);
        var token = await world.TokenAsync(TokenPurpose.Unsubscribe, person.Id, campaign.Id);
        Assert.True(await world.LeaveAsync(token));
        Assert.Equal(SubscriptionState.Unsubscribed, await world.StateAsync(person, world.Monthly));
        Assert.Equal(SubscriptionState.Active, await world.StateAsync(person, world.Events));
        await using var db = world.Open();
        var left = await db.ConsentEntries.SingleAsync(c => c.Kind == ConsentKind.Left, Ct);
        Assert.Equal(("one-click", campaign.Id), (left.Source, left.CampaignId));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_second_click_is_done_once(DatabaseEngine engine) // R43
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var person = await world.SubscribeAsync("ann@example.org");
        var token = await world.TokenAsync(TokenPurpose.Unsubscribe, person.Id, (await world.CampaignAsync(world.Monthly)).Id);
        for (var i = 0; i < 3; i++) Assert.True(await world.LeaveAsync(token));
        await using var db = world.Open();
        Assert.Equal(1, await db.ConsentEntries.CountAsync(c => c.Kind == ConsentKind.Left, Ct));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Looking_shows_the_masked_address_and_changes_nothing(DatabaseEngine engine) // R44
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var person = await world.SubscribeAsync("ann@example.org", "monthly", "events");
        var token = await world.TokenAsync(TokenPurpose.Unsubscribe, person.Id, (await world.CampaignAsync(world.Monthly)).Id);
        var page = await LookAsync(world, token);
        Assert.Equal(("a…@example.org", "Monthly", "Events, Monthly"), (page?.Masked, string.Join(", ", page!.Through), string.Join(", ", page.Open)));
        Assert.Equal(SubscriptionState.Active, await world.StateAsync(person, world.Monthly));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Undo_brings_back_what_the_link_ended_and_only_that(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var person = await world.SubscribeAsync("ann@example.org", "monthly", "events");
        var preferences = await world.TokenAsync(TokenPurpose.Preferences, person.Id);
        await world.DoAsync<Preferences, PreferencesSaved>(p => p.SaveAsync(preferences, new PreferencesChoice(["monthly"], null, null), AudienceWorld.Reader("link"), default));
        var token = await world.TokenAsync(TokenPurpose.Unsubscribe, person.Id, (await world.CampaignAsync(world.Monthly)).Id);
        await world.LeaveAsync(token);
        Assert.True(await world.DoAsync<Unsubscribe, bool>(u => u.UndoAsync(token, AudienceWorld.Reader("link"), default)));
        Assert.Equal(SubscriptionState.Active, await world.StateAsync(person, world.Monthly));
        Assert.Equal(SubscriptionState.Unsubscribed, await world.StateAsync(person, world.Events));
    }

    [Fact]
    public async Task An_old_forwarded_mail_cannot_undo()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var person = await world.SubscribeAsync("ann@example.org");
        var token = await world.TokenAsync(TokenPurpose.Unsubscribe, person.Id, (await world.CampaignAsync(world.Monthly)).Id);
        await world.LeaveAsync(token);
        world.Clock.Advance(TimeSpan.FromDays(8));
        await world.DoAsync<Unsubscribe, bool>(u => u.UndoAsync(token, AudienceWorld.Reader("link"), default));
        Assert.Equal(SubscriptionState.Unsubscribed, await world.StateAsync(person, world.Monthly));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task All_lists_means_all_of_the_publication(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var person = await world.SubscribeAsync("ann@example.org", "monthly", "events");
        var token = await world.TokenAsync(TokenPurpose.Unsubscribe, person.Id, (await world.CampaignAsync(world.Monthly)).Id);
        Assert.True(await world.DoAsync<Unsubscribe, bool>(u => u.FromAllAsync(token, AudienceWorld.Reader("link"), default)));
        Assert.Equal(SubscriptionState.Unsubscribed, await world.StateAsync(person, world.Events));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task It_works_years_later_without_campaign_or_person(DatabaseEngine engine) // R45
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var person = await world.SubscribeAsync("ann@example.org", "monthly", "events");
        world.Clock.Advance(TimeSpan.FromDays(3650));
        Assert.True(await world.LeaveAsync(await world.TokenAsync(TokenPurpose.Unsubscribe, person.Id, 987_654)));
        Assert.Equal(SubscriptionState.Unsubscribed, await world.StateAsync(person, world.Events)); // nobody knows through which list: through all
        Assert.True(await world.LeaveAsync(await world.TokenAsync(TokenPurpose.Unsubscribe, 123_456_789, 987_654)));
    }

    [Fact]
    public async Task An_erased_person_is_done_and_stays_erased()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var person = await world.SubscribeAsync("ann@example.org");
        await using (var db = world.Open())
            await db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.Email, (string?)null).SetProperty(x => x.NormalizedEmail, (string?)null).SetProperty(x => x.ErasedAt, world.Clock.Instant()), Ct);
        var token = await world.TokenAsync(TokenPurpose.Unsubscribe, person.Id, 1);
        Assert.True(await world.LeaveAsync(token));
        Assert.Null((await LookAsync(world, token))!.Masked);
    }

    [Fact]
    public async Task A_forged_token_and_one_of_another_purpose_change_nothing() // R42, R45
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var person = await world.SubscribeAsync("ann@example.org");
        var good = await world.TokenAsync(TokenPurpose.Unsubscribe, person.Id, 0);
        var flipped = Enumerable.Range(0, good.Length).Select(i => good[..i] + (good[i] == 'a' ? 'b' : 'a') + good[(i + 1)..]);
        foreach (var token in flipped.Append(await world.TokenAsync(TokenPurpose.Preferences, person.Id)).Append("").Append(good + "a").Append(new string('a', 5000)))
        {
            Assert.False(await world.LeaveAsync(token));
            Assert.Null(await LookAsync(world, token));
        }
        Assert.Equal(SubscriptionState.Active, await world.StateAsync(person, world.Monthly));
        Assert.True(await world.LeaveAsync(good.ToUpperInvariant())); // gateways change case
    }

    private static Task<UnsubscribePage?> LookAsync(AudienceWorld world, string token) => world.DoAsync<Unsubscribe, UnsubscribePage?>(u => u.LookAsync(token, default));
}
