using System.Text.Json;
using CrankMailer.Audience;
using CrankMailer.Audience.Guard;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Tokens;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Audience;

public sealed class PreferencesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseEngine> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Lists_are_joined_and_left_with_their_proof(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var person = await world.SubscribeAsync("ann@example.org", "monthly");
        Assert.Equal(PreferencesSaved.Saved, await SaveAsync(world, person, ["events"]));
        Assert.Equal(SubscriptionState.Unsubscribed, await world.StateAsync(person, world.Monthly));
        Assert.Equal(SubscriptionState.Active, await world.StateAsync(person, world.Events));
        await using var db = world.Open();
        Assert.Equal([ConsentKind.Confirmed, ConsentKind.Left], await db.ConsentEntries.Where(c => c.Source == "link" && c.ListId != null).OrderByDescending(c => c.Id).Take(2).Select(c => c.Kind).OrderBy(k => k).ToListAsync(Ct));
    }

    [Fact]
    public async Task The_page_shows_the_lists_and_nothing_of_the_person_but_the_masked_address()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        await world.DoAsync<SignUp, SignUpResult>(s => s.AskAsync(world.Form("annabel@example.org") with { Name = "Annabel Secret" }, default));
        await world.DoAsync<Confirm, ConfirmResult>(c => c.ByTokenAsync(world.Mails.Last(SystemMailKind.Confirm).ConfirmToken!, AudienceWorld.Reader("link"), default));
        await using var db = world.Open();
        var page = await LookAsync(world, await db.Subscribers.SingleAsync(Ct));
        var shown = JsonSerializer.Serialize(page);
        Assert.DoesNotContain("nnabel", shown);
        Assert.DoesNotContain("Secret", shown);
        Assert.Equal([("events", false), ("monthly", true)], page!.Lists.Select(l => (l.Slug, l.On)));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_pause_lasts_until_its_day_and_can_be_ended(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var person = await world.SubscribeAsync("ann@example.org", "monthly");
        var until = world.Clock.Instant().AddDays(30);
        Assert.Equal(PreferencesSaved.Saved, await SaveAsync(world, person, ["monthly"], until));
        Assert.Equal(SubscriptionState.Paused, await world.StateAsync(person, world.Monthly));
        Assert.Equal(until, (await LookAsync(world, person))!.PausedUntil);
        Assert.True((await LookAsync(world, person))!.Lists.Single(l => l.Slug == "monthly").On);
        await SaveAsync(world, person, ["monthly"]);
        Assert.Equal(SubscriptionState.Active, await world.StateAsync(person, world.Monthly));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(500)]
    public async Task A_pause_into_the_past_or_for_ever_is_refused_and_nothing_is_saved(int days)
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var person = await world.SubscribeAsync("ann@example.org", "monthly");
        Assert.Equal(PreferencesSaved.BadDate, await SaveAsync(world, person, [], world.Clock.Instant().AddDays(days)));
        Assert.Equal(SubscriptionState.Active, await world.StateAsync(person, world.Monthly));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_left_everything_is_only_brought_back_by_a_mail(DatabaseEngine engine) // a forwarded mail must not subscribe its first reader
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var person = await world.SubscribeAsync("ann@example.org", "monthly");
        await SaveAsync(world, person, []);
        world.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(PreferencesSaved.LookIntoYourMail, await SaveAsync(world, person, ["monthly"]));
        Assert.Equal(SubscriptionState.Unsubscribed, await world.StateAsync(person, world.Monthly));
        await world.DoAsync<Confirm, ConfirmResult>(c => c.ByTokenAsync(world.Mails.Last(SystemMailKind.Confirm).ConfirmToken!, AudienceWorld.Reader("link"), default));
        Assert.Equal(SubscriptionState.Active, await world.StateAsync(person, world.Monthly));
    }

    [Fact]
    public async Task A_private_list_is_shown_to_its_people_who_may_leave_it()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var person = await world.SubscribeAsync("ann@example.org", "monthly");
        await using (var db = world.Open())
        {
            db.Subscriptions.Add(new Subscription { ListId = world.Staff.Id, SubscriberId = person.Id, State = SubscriptionState.Active, CreatedAt = world.Clock.Instant(), ConfirmedAt = world.Clock.Instant() });
            await db.SaveChangesAsync(Ct);
        }
        Assert.Contains((await LookAsync(world, person))!.Lists, l => l.Slug == "staff");
        await SaveAsync(world, person, ["monthly"]);
        Assert.DoesNotContain((await LookAsync(world, person))!.Lists, l => l.Slug == "staff");
        await SaveAsync(world, person, ["monthly", "staff"]);
        Assert.Equal(SubscriptionState.Unsubscribed, await world.StateAsync(person, world.Staff));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_fresh_link_goes_to_known_addresses_only_and_the_answer_does_not_say_so(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        await world.SubscribeAsync("ann@example.org");
        Assert.IsType<SignUpResult.LookIntoYourMail>(await LinkAsync(world, "nobody@example.org"));
        Assert.Equal(0, world.Mails.Count(SystemMailKind.Preferences));
        for (var i = 0; i < 5; i++) Assert.IsType<SignUpResult.LookIntoYourMail>(await LinkAsync(world, "ANN@example.org"));
        Assert.Equal(3, world.Mails.Count(SystemMailKind.Preferences));
        await using var db = world.Open();
        Assert.Equal(3, await db.OutboxMails.CountAsync(m => m.Kind == "preferences", Ct));
    }

    private static Task<SignUpResult> LinkAsync(AudienceWorld world, string email)
    {
        var traps = new FormTraps(Stamp: world.OldStamp());
        return world.DoAsync<FreshLink, SignUpResult>(f => f.AskAsync(world.Publication.Id, email, traps, AudienceWorld.Reader("link"), default));
    }

    private static async Task<PreferencesPage?> LookAsync(AudienceWorld world, Subscriber person)
    {
        var token = await world.TokenAsync(TokenPurpose.Preferences, person.Id);
        return await world.DoAsync<Preferences, PreferencesPage?>(p => p.LookAsync(token, default));
    }

    private static async Task<PreferencesSaved> SaveAsync(AudienceWorld world, Subscriber person, string[] lists, DateTimeOffset? until = null)
    {
        var token = await world.TokenAsync(TokenPurpose.Preferences, person.Id);
        return await world.DoAsync<Preferences, PreferencesSaved>(p => p.SaveAsync(token, new PreferencesChoice(lists, until, null), AudienceWorld.Reader("link"), default));
    }
}
