using CrankMailer.Delivery;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Model;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

public sealed class CampaignDeskTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task An_edition_that_is_not_approved_is_refused(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var edition = await world.AddEditionAsync("fr", approved: false);
        var refused = await CreateAsync(world, edition.Id);
        Assert.Contains("not approved", refused.Text);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task An_approval_of_another_hash_does_not_count(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using (var db = world.Open()) await db.Editions.ExecuteUpdateAsync(s => s.SetProperty(e => e.Hash, "changed"), Ct);
        Assert.Contains("not approved", (await CreateAsync(world, world.EditionId)).Text);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_authors_own_approval_needs_a_publication_that_allows_it(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using (var db = world.Open()) await db.Approvals.ExecuteUpdateAsync(s => s.SetProperty(a => a.ByAuthor, true), Ct);
        Assert.Contains("second person", (await CreateAsync(world, world.EditionId)).Text);

        await using (var db = world.Open()) await db.Publications.ExecuteUpdateAsync(s => s.SetProperty(p => p.OnePersonMayApprove, true), Ct);
        await world.CreateCampaignAsync();
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Sending_is_blocked_while_the_postal_address_is_empty(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var edition = await world.AddEditionAsync("fr", with: e => e.PostalAddress = " ");
        Assert.Contains("postal address", (await CreateAsync(world, edition.Id)).Text);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Every_change_is_one_update_with_an_audit_entry(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var id = await world.CreateCampaignAsync();
        Assert.True(SendTime.TryParse("2026-06-18T17:00", "Europe/Vienna", out var at, out _));
        Done(await world.Desk(d => d.ScheduleAsync(id, at, "Europe/Vienna", null, Ct)));
        Done(await world.Desk(d => d.StartAsync(id, null, Ct)));
        Done(await world.Desk(d => d.PauseAsync(id, "A wrong date in the lead", null, Ct)));
        Done(await world.Desk(d => d.ResumeAsync(id, null, Ct)));
        Done(await world.Desk(d => d.CancelAsync(id, null, null, Ct)));

        await using var db = world.Open();
        Assert.Equal(
            ["campaign.created", "campaign.scheduled", "campaign.started", "campaign.paused", "campaign.resumed", "campaign.cancelled"],
            await db.AuditEntries.Where(a => a.Subject == $"campaign:{id}").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(Ct));
        Assert.Equal(CampaignState.Cancelled, await db.Campaigns.Where(c => c.Id == id).Select(c => c.State).SingleAsync(Ct));
        Assert.Equal(IssueState.Published, await db.Issues.Where(i => i.Id == world.IssueId).Select(i => i.State).SingleAsync(Ct));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_cannot_be_is_refused_with_a_sentence_that_names_the_state(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var id = await world.CreateCampaignAsync();
        Assert.Equal("Only a running campaign can be paused. “June” is draft.", Refused(await world.Desk(d => d.PauseAsync(id, null, null, Ct))));
        Assert.Contains("past", Refused(await world.Desk(d => d.ScheduleAsync(id, world.Clock.Instant() - TimeSpan.FromHours(1), "Etc/UTC", null, Ct))));
        Assert.Contains("no time zone", Refused(await world.Desk(d => d.ScheduleAsync(id, world.Clock.Instant(), "Mars/Olympus", null, Ct))));
        Assert.Equal("There is no campaign 4711.", Refused(await world.Desk(d => d.CancelAsync(4711, null, null, Ct))));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Of_two_starts_at_once_one_wins(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var id = await world.CreateCampaignAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => world.Desk(d => d.StartAsync(id, null, Ct)), Ct)));
        Assert.Single(answers.OfType<DeskAnswer.Done>());
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_campaign_made_for_real_mail_does_not_start_in_capture_mode(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var id = await world.CreateCampaignAsync();
        await using var capturing = world.OtherNode(new SendingMode(true));
        await using var scope = capturing.CreateAsyncScope();
        var desk = (CampaignDesk)scope.ServiceProvider.GetService(typeof(CampaignDesk))!;
        Assert.Contains("catches its mail", Refused(await desk.StartAsync(id, null, Ct)));
    }

    [Theory]
    [InlineData("2026-06-18T17:00", "Europe/Vienna", "2026-06-18T15:00:00Z")]
    [InlineData("2026-10-25 02:30", "Europe/Vienna", "2026-10-25T00:30:00Z")]
    [InlineData("2026-01-05 08:00", "America/New_York", "2026-01-05T13:00:00Z")]
    public void A_local_time_means_an_instant(string local, string zone, string instant)
    {
        Assert.True(SendTime.TryParse(local, zone, out var at, out _));
        Assert.Equal(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), at);
    }

    [Theory]
    [InlineData("2026-03-29 02:30", "Europe/Vienna", "does not exist")]
    [InlineData("tomorrow", "Europe/Vienna", "no time")]
    [InlineData("2026-06-18 17:00", "Vienna", "no time zone")]
    public void A_time_that_cannot_be_is_explained(string local, string zone, string said)
    {
        Assert.False(SendTime.TryParse(local, zone, out _, out var problem));
        Assert.Contains(said, problem);
    }

    private static async Task<DeskAnswer.Refused> CreateAsync(World world, int edition) =>
        Assert.IsType<DeskAnswer.Refused>(await world.Desk(d => d.CreateAsync(new NewCampaign(world.IssueId, [edition], "June", new AudienceChoice([world.ListId], [])), null, Ct)));

    private static void Done(DeskAnswer answer) => Assert.True(answer is DeskAnswer.Done, answer.Text);

    private static string Refused(DeskAnswer answer) => Assert.IsType<DeskAnswer.Refused>(answer).Text;
}
