using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CrankMailer.Tests.Model;

public sealed class CrankDbTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Documents_states_and_instants_come_back_as_they_went_in(DatabaseEngine engine)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync(engine);
        var at = Instants.Cut(new DateTimeOffset(2026, 6, 1, 12, 30, 15, 123, 456, TimeSpan.FromHours(2)));
        var document = new Publication { Slug = "harbor-brief", Name = "Harbour Brief – größer", Social = [new SocialLink { Network = "x", Url = "https://x.example" }] };
        await using (var db = database.Open())
        {
            var publication = new PublicationRow { Slug = "harbor-brief", Document = document, CreatedAt = at };
            db.Add(publication);
            await db.SaveChangesAsync(ct);
            var issue = new IssueRow { PublicationId = publication.Id, Slug = "2026-06", State = IssueState.Review, Revision = 1, CreatedAt = at, UpdatedAt = at };
            db.Add(issue);
            await db.SaveChangesAsync(ct);
            db.Add(new IssueRevision { IssueId = issue.Id, Number = 1, At = at, Content = new Issue { Sections = [new BriefsSection { Items = [new Brief { Text = "One." }] }] } });
            db.Add(new Campaign { PublicationId = publication.Id, IssueId = issue.Id, State = CampaignState.Scheduled, StartsAt = at, CreatedAt = at });
            await db.SaveChangesAsync(ct);
        }

        await using var fresh = database.Open();
        var row = await fresh.Publications.SingleAsync(ct);
        Assert.Equal("Harbour Brief – größer", row.Document.Name);
        Assert.Equal("https://x.example", Assert.Single(row.Document.Social).Url);
        Assert.Equal(at, row.CreatedAt);
        var revision = await fresh.IssueRevisions.SingleAsync(ct);
        Assert.Equal("One.", Assert.Single(Assert.IsType<BriefsSection>(Assert.Single(revision.Content.Sections)).Items).Text);
        Assert.Equal(1, await fresh.Campaigns.CountAsync(c => c.State == CampaignState.Scheduled && c.StartsAt <= at, ct));
        Assert.Equal("scheduled", await fresh.Database.SqlQuery<string>($"select state as \"Value\" from campaigns").SingleAsync(ct));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_migrations_hold_the_whole_model(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var db = database.Open();
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_relay_written_down_before_there_were_folders_is_a_mail_server(DatabaseEngine engine)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var db = database.Open();
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync("FeedbackEntries", ct);
        await db.Database.ExecuteSqlRawAsync("insert into relays (name, host, port, security, connections, messages_per_connection, priority, enabled, captures) values ('old', 'relay.test', 587, 'required', 4, 100, 0, true, false)", ct);
        await migrator.MigrateAsync(null, ct);
        var relay = await db.Relays.SingleAsync(ct);
        Assert.Equal((RelayKind.Smtp, "relay.test", false), (relay.Kind, relay.Host, relay.AnyCertificate));
    }
}
