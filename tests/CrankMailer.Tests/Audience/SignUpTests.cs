using System.Net;
using CrankMailer.Audience;
using CrankMailer.Audience.Guard;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Tokens;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Audience;

public sealed class SignUpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseEngine> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_form_leads_to_a_pending_subscription_its_proof_and_a_mail(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var result = await world.AskAsync("Ann@Example.ORG", "monthly", "events");
        Assert.IsType<SignUpResult.LookIntoYourMail>(result);

        await using var db = world.Open();
        var person = await db.Subscribers.SingleAsync(Ct);
        Assert.Equal(("Ann@Example.ORG", "ann@example.org", 32), (person.Email, person.NormalizedEmail, person.AddressHash.Length));
        Assert.Equal([SubscriptionState.Pending, SubscriptionState.Pending], await db.Subscriptions.Select(s => s.State).ToListAsync(Ct));
        var proof = await db.ConsentEntries.FirstAsync(Ct);
        Assert.Equal((ConsentKind.Asked, "form:harbor-brief", "192.0.2.0/24", "pages-1"), (proof.Kind, proof.Source, proof.Network, proof.TextVersion));
        var mail = await db.OutboxMails.SingleAsync(Ct);
        Assert.Equal(("confirm", "Ann@example.org", OutboxState.Queued), (mail.Kind, mail.ToAddress, mail.State));
        Assert.Contains("Events", mail.Text);
        Assert.Contains("https://news.example.test/confirm/", mail.Text);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_token_of_the_mail_is_nowhere_in_the_database(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        await world.AskAsync("ann@example.org");
        await using var db = world.Open();
        var token = world.Mails.Last(SystemMailKind.Confirm).ConfirmToken!;
        var row = await db.OneTimeTokens.SingleAsync(Ct);
        Assert.DoesNotContain(token, row.Data);
        Assert.Equal(TimeSpan.FromDays(7), row.ExpiresAt - row.CreatedAt); // R155
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_answer_is_the_same_for_known_and_unknown_addresses(DatabaseEngine engine) // R162
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        await world.SubscribeAsync("ann@example.org");
        var unknown = Assert.IsType<SignUpResult.LookIntoYourMail>(await world.AskAsync("bob@example.org"));
        var known = Assert.IsType<SignUpResult.LookIntoYourMail>(await world.AskAsync("ann@example.org"));
        Assert.Equal(unknown.GetType(), known.GetType());
        Assert.Equal(1, world.Mails.Count(SystemMailKind.AlreadySubscribed)); // the known one gets a mail, too
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_address_gets_at_most_two_confirmation_mails_a_day(DatabaseEngine engine) // R161
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        for (var i = 0; i < 5; i++) Assert.IsType<SignUpResult.LookIntoYourMail>(await world.AskAsync("ann@example.org"));
        Assert.Equal(2, world.Mails.Count(SystemMailKind.Confirm));
        world.Clock.Advance(TimeSpan.FromHours(25));
        await world.AskAsync("ann@example.org");
        Assert.Equal(3, world.Mails.Count(SystemMailKind.Confirm));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_wrong_is_said_at_its_field(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var form = world.Form("ann@", "no-such-list") with { Name = "Ann\r\nBcc: x@example.org" };
        var result = Assert.IsType<SignUpResult.Mend>(await world.DoAsync<SignUp, SignUpResult>(s => s.AskAsync(form, default)));
        Assert.Equal([("email", "address_domain"), ("name", "name_unusable"), ("list", "choose_a_list")], result.Faults.Select(f => (f.Field, f.Code)));
        await using var db = world.Open();
        Assert.False(await db.Subscribers.AnyAsync(Ct));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_private_list_cannot_be_joined(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        Assert.IsType<SignUpResult.Mend>(await world.AskAsync("ann@example.org", "staff"));
    }

    [Theory]
    [InlineData(true, false)] // a robot fills every field
    [InlineData(false, true)] // a password manager is as fast as a robot
    public async Task A_tripped_trap_asks_a_plain_question_and_its_answer_gets_the_mail(bool honeypot, bool fast)
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var stamp = await world.DoAsync<FormGuard, string>(g => Task.FromResult(g.Stamp()));
        if (!fast) world.Clock.Advance(TimeSpan.FromDays(1)); // a form left open for a day is no trap
        var form = world.Form("ann@example.org") with { Traps = new FormTraps(honeypot ? "https://spam.example" : null, fast ? await StampNowAsync(world) : stamp) };
        var asked = Assert.IsType<SignUpResult.AskFirst>(await AskAsync(world, form));
        Assert.Equal(0, world.Mails.Count(SystemMailKind.Confirm));

        var wrong = form with { Traps = form.Traps with { Question = asked.Question.Seal, Answer = "99" } };
        var again = Assert.IsType<SignUpResult.AskFirst>(await AskAsync(world, wrong));
        Assert.True(again.WrongAnswer);

        var right = form with { Traps = form.Traps with { Question = asked.Question.Seal, Answer = $" {asked.Question.First + asked.Question.Second} " } };
        Assert.IsType<SignUpResult.LookIntoYourMail>(await AskAsync(world, right));
        Assert.Equal(1, world.Mails.Count(SystemMailKind.Confirm));
        Assert.IsType<SignUpResult.AskFirst>(await AskAsync(world, right with { Email = "bob@example.org" })); // one answer is for one address
    }

    [Fact]
    public async Task A_form_without_stamp_or_with_a_forged_one_is_asked()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        foreach (var stamp in new[] { null, "", "0", "CfDJ8garbage", new string('x', 100_000) })
            Assert.IsType<SignUpResult.AskFirst>(await AskAsync(world, world.Form("ann@example.org") with { Traps = new FormTraps(Stamp: stamp) }));
    }

    [Fact]
    public async Task Ten_thousand_forms_from_one_network_send_few_mails_and_no_other_network_notices()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var kinds = new Dictionary<Type, int>();
        var stamp = world.OldStamp();
        for (var i = 0; i < 10_000; i++)
        {
            var form = world.Form($"victim{i}@example.org") with { Traps = new FormTraps(Stamp: stamp) };
            world.Clock.Advance(TimeSpan.FromSeconds(-29.99)); // the fixture's form takes its time; this robot does not
            var result = await AskAsync(world, form);
            kinds[result.GetType()] = kinds.GetValueOrDefault(result.GetType()) + 1;
        }
        Assert.Equal(10, kinds[typeof(SignUpResult.LookIntoYourMail)]);
        Assert.Equal(190, kinds[typeof(SignUpResult.AskFirst)]);
        Assert.Equal(9_800, kinds[typeof(SignUpResult.Wait)]);
        var neighbour = world.Form("ann@example.org") with { Visit = new Visit("form:harbor-brief", IPAddress.Parse("198.51.100.7")) };
        Assert.IsType<SignUpResult.LookIntoYourMail>(await AskAsync(world, neighbour));
    }

    [Theory]
    [InlineData(SuppressionReason.HardBounce, 7, true)]
    [InlineData(SuppressionReason.Complaint, 30, true)]
    [InlineData(SuppressionReason.Operator, 400, false)]
    public async Task A_suppressed_reader_who_asks_gets_one_mail_in_a_while_and_its_click_lifts(SuppressionReason reason, int days, bool ever) // R111
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var person = await world.SubscribeAsync("ann@example.org");
        await world.LeaveAsync(await world.TokenAsync(TokenPurpose.Unsubscribe, person.Id));
        await SuppressAsync(world, person, reason);
        world.Clock.Advance(TimeSpan.FromDays(1.5));
        var before = world.Mails.Count(SystemMailKind.Confirm);

        await world.AskAsync("ann@example.org");
        Assert.Equal(before + (ever ? 1 : 0), world.Mails.Count(SystemMailKind.Confirm));
        world.Clock.Advance(TimeSpan.FromDays(days - 1));
        await world.AskAsync("ann@example.org");
        Assert.Equal(before + (ever ? 1 : 0), world.Mails.Count(SystemMailKind.Confirm));
        world.Clock.Advance(TimeSpan.FromDays(2));
        await world.AskAsync("ann@example.org");
        Assert.Equal(before + (ever ? 2 : 0), world.Mails.Count(SystemMailKind.Confirm));
        if (!ever) return;

        await world.DoAsync<Confirm, ConfirmResult>(c => c.ByTokenAsync(world.Mails.Last(SystemMailKind.Confirm).ConfirmToken!, AudienceWorld.Reader("link"), default));
        Assert.Null(await world.DoAsync<Suppressions, Suppression?>(s => s.FindAsync(person.AddressHash, world.Publication.Id, default)));
        Assert.Equal(SubscriptionState.Active, await world.StateAsync(person, world.Monthly));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_presses_at_once_make_one_person(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var forms = Enumerable.Range(0, 6).Select(_ => world.Form("ann@example.org")).ToList();
        var results = await Task.WhenAll(forms.Select(f => Task.Run(() => AskAsync(world, f), Ct)));
        Assert.All(results, r => Assert.IsType<SignUpResult.LookIntoYourMail>(r));
        await using var db = world.Open();
        Assert.Equal((1, 1), (await db.Subscribers.CountAsync(Ct), await db.Subscriptions.CountAsync(Ct)));
    }

    private static Task<SignUpResult> AskAsync(AudienceWorld world, SignUpRequest form) => world.DoAsync<SignUp, SignUpResult>(s => s.AskAsync(form, default));

    private static Task<string> StampNowAsync(AudienceWorld world) => world.DoAsync<FormGuard, string>(g => Task.FromResult(g.Stamp()));

    private static async Task SuppressAsync(AudienceWorld world, Subscriber person, SuppressionReason reason)
    {
        await using var db = world.Open();
        db.Suppressions.Add(new Suppression { AddressHash = person.AddressHash, PublicationId = world.Publication.Id, Reason = reason, At = world.Clock.Instant() });
        await db.SaveChangesAsync(Ct);
    }
}
