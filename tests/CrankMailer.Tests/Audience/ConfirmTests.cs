using CrankMailer.Audience;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Tokens;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Audience;

public sealed class ConfirmTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseEngine> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Looking_changes_nothing_and_the_button_subscribes_once(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        await world.DoAsync<SignUp, SignUpResult>(s => s.AskAsync(world.Form("ann@example.org", "monthly") with { Name = "Ann van Dyke" }, default));
        var token = world.Mails.Last(SystemMailKind.Confirm).ConfirmToken!;
        for (var i = 0; i < 3; i++)
        {
            var look = Assert.IsType<ConfirmResult.Ready>(await LookAsync(world, token));
            Assert.Equal(("a…@example.org", "Monthly"), (look.Masked, Assert.Single(look.Lists)));
        }
        await using var db = world.Open();
        Assert.Equal(SubscriptionState.Pending, (await db.Subscriptions.AsNoTracking().SingleAsync(Ct)).State);

        Assert.IsType<ConfirmResult.Done>(await PressAsync(world, token));
        Assert.IsType<ConfirmResult.UsedBefore>(await PressAsync(world, token));
        Assert.IsType<ConfirmResult.UsedBefore>(await LookAsync(world, token.ToUpperInvariant()));
        Assert.Equal(SubscriptionState.Active, (await db.Subscriptions.AsNoTracking().SingleAsync(Ct)).State);
        Assert.Equal(1, world.Mails.Count(SystemMailKind.Welcome));
        Assert.Equal([ConsentKind.Asked, ConsentKind.Confirmed], await db.ConsentEntries.OrderBy(c => c.Id).Select(c => c.Kind).ToListAsync(Ct));
        var person = await db.Subscribers.SingleAsync(Ct);
        Assert.Equal(("Ann van Dyke", "Ann", "van Dyke"), (person.Name, person.FirstName, person.LastName));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_many_presses_at_once_one_counts(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        await world.AskAsync("ann@example.org");
        var token = world.Mails.Last(SystemMailKind.Confirm).ConfirmToken!;
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => PressAsync(world, token), Ct)));
        Assert.Single(results.OfType<ConfirmResult.Done>());
        Assert.Equal(5, results.OfType<ConfirmResult.UsedBefore>().Count());
        Assert.Equal(1, world.Mails.Count(SystemMailKind.Welcome));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_old_link_offers_a_new_mail(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        await world.AskAsync("ann@example.org");
        var token = world.Mails.Last(SystemMailKind.Confirm).ConfirmToken!;
        world.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        Assert.IsType<ConfirmResult.Expired>(await LookAsync(world, token));
        Assert.IsType<ConfirmResult.Expired>(await PressAsync(world, token));
        Assert.Equal(world.Publication.Id, await world.DoAsync<Confirm, int?>(c => c.AgainAsync(token, AudienceWorld.Reader("link"), default)));
        Assert.IsType<ConfirmResult.Done>(await PressAsync(world, world.Mails.Last(SystemMailKind.Confirm).ConfirmToken!));
    }

    [Fact]
    public async Task A_token_that_is_not_ours_is_unknown()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        foreach (var token in new[] { "", "x", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "../../etc", new string('a', 10_000), "{{ 7 }}", "'; drop table subscribers; --" })
        {
            Assert.IsType<ConfirmResult.Unknown>(await LookAsync(world, token));
            Assert.IsType<ConfirmResult.Unknown>(await PressAsync(world, token));
        }
    }

    [Fact]
    public async Task Who_left_since_is_told_so_and_not_brought_back_by_the_old_link()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var person = await world.SubscribeAsync("ann@example.org");
        var token = world.Mails.Last(SystemMailKind.Confirm).ConfirmToken!;
        await world.LeaveAsync(await world.TokenAsync(TokenPurpose.Unsubscribe, person.Id));
        Assert.False(Assert.IsType<ConfirmResult.UsedBefore>(await PressAsync(world, token)).IsActive);
        Assert.Equal(SubscriptionState.Unsubscribed, await world.StateAsync(person, world.Monthly));
    }

    private static Task<ConfirmResult> LookAsync(AudienceWorld world, string token) => world.DoAsync<Confirm, ConfirmResult>(c => c.LookAsync(token, default));

    private static Task<ConfirmResult> PressAsync(AudienceWorld world, string token) =>
        world.DoAsync<Confirm, ConfirmResult>(c => c.ByTokenAsync(token, AudienceWorld.Reader("link"), default));
}
