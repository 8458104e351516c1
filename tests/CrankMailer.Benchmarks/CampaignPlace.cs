using System.Text;
using CrankMailer.Delivery;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Postgres;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Sqlite;
using CrankMailer.Tests.Databases;
using CrankMailer.Tests.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Benchmarks;

/// <summary>A throw-away database with a publication, its key, an approved edition and a relay, and a host whose pump runs.</summary>
internal sealed class CampaignPlace : IAsyncDisposable
{
    /// <summary>Reconnecting is the relay's business, not what is measured.</summary>
    public const int MessagesPerConnection = 10_000;

    private const string Domain = "news.example.test";
    private const int Chunk = 1_000;
    private readonly IHost _host;
    private readonly Func<Task> _drop;
    private int _publication;
    private int _issue;
    private int _edition;

    private CampaignPlace(IHost host, Func<Task> drop) => (_host, _drop) = (host, drop);

    /// <returns>Null where PostgreSQL is asked for and not installed.</returns>
    public static async Task<CampaignPlace?> CreateAsync(DatabaseEngine engine, int relayPort, int connections, int kilobytes, CancellationToken ct)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddConsole();
        if (await AddDatabaseAsync(builder.Services, engine) is not { } drop) return null;
        builder.Services.AddModel().AddDelivery(new SendingMode(false)).AddDeliveryPump();
        var place = new CampaignPlace(builder.Build(), drop);
        await using (var db = place.Open()) await db.Database.MigrateAsync(ct);
        await place.FillAsync(relayPort, connections, kilobytes, ct);
        await place._host.StartAsync(ct);
        return place;
    }

    /// <summary>A list with so many active readers.</summary>
    public async Task<int> AddListAsync(string slug, int readers, CancellationToken ct)
    {
        var hasher = await _host.Services.GetRequiredService<AddressHashers>().GetAsync(ct);
        var now = TimeProvider.System.Instant();
        var list = new MailingList { PublicationId = _publication, Slug = slug, Name = slug, CreatedAt = now };
        await using (var db = Open())
        {
            db.Lists.Add(list);
            await db.SaveChangesAsync(ct);
        }
        foreach (var chunk in Enumerable.Range(0, readers).Chunk(Chunk))
        {
            await using var db = Open();
            var people = chunk.Select(n => MakeReader($"{slug}-{n}@example.org", $"Reader {n}", hasher, now)).ToList();
            db.Subscribers.AddRange(people);
            await db.SaveChangesAsync(ct);
            db.Subscriptions.AddRange(people.Select(p => new Subscription { ListId = list.Id, SubscriberId = p.Id, State = SubscriptionState.Active, CreatedAt = now, ConfirmedAt = now }));
            await db.SaveChangesAsync(ct);
        }
        return list.Id;
    }

    /// <summary>From the start of the campaign until it is done.</summary>
    public async Task RunCampaignAsync(int list, CancellationToken ct)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<CampaignDesk>();
        var made = Done(await desk.CreateAsync(new NewCampaign(_issue, [_edition], "Benchmark", new AudienceChoice([list], [])), null, ct));
        Done(await desk.StartAsync(made.CampaignId, null, ct));
        while (true)
        {
            await using var db = Open();
            var state = await db.Campaigns.Where(c => c.Id == made.CampaignId).Select(c => new { c.State, c.StateReason }).SingleAsync(ct);
            if (state.State == CampaignState.Done) return;
            if (state.State != CampaignState.Running) throw new InvalidOperationException($"The campaign of the benchmark is {state.State}: {state.StateReason}");
            await Task.Delay(20, ct); // the polling step
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _drop();
    }

    private CrankDb Open() => _host.Services.GetRequiredService<IDbContextFactory<CrankDb>>().CreateDbContext();

    private static DeskAnswer.Done Done(DeskAnswer answer) =>
        answer as DeskAnswer.Done ?? throw new InvalidOperationException(answer is DeskAnswer.Refused refused ? refused.Text : "No answer.");

    private static async Task<Func<Task>?> AddDatabaseAsync(IServiceCollection services, DatabaseEngine engine)
    {
        if (engine == DatabaseEngine.Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("crankbench").FullName;
            services.AddSqliteCrankDb(Path.Combine(folder, "crankmailer.db"));
            return () =>
            {
                Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                Directory.Delete(folder, recursive: true);
                return Task.CompletedTask;
            };
        }
        if (await PostgresServer.GetAsync() is not { } server) return null;
        var connection = await server.CreateDatabaseAsync();
        services.AddPostgresCrankDb(connection);
        return () => server.DropDatabaseAsync(connection);
    }

    private async Task FillAsync(int relayPort, int connections, int kilobytes, CancellationToken ct)
    {
        await using var db = Open();
        var now = TimeProvider.System.Instant();
        var publication = new PublicationRow
        {
            Slug = "harbor-brief", FeedbackSenderId = "harborbr", CreatedAt = now,
            Document = new Publication
            {
                Slug = "harbor-brief", Name = "Harbor Brief", Lang = "en", PublicUrl = $"https://{Domain}",
                Sender = new Sender { Name = "Harbor Brief", Email = $"brief@{Domain}" },
                Organisation = new Organisation { Name = "Harbor Institute", PostalAddress = ["1 Pier Road", "Port Example"], Contact = $"office@{Domain}" },
            },
        };
        db.Publications.Add(publication);
        await db.SaveChangesAsync(ct);
        _publication = publication.Id;
        var key = DkimKey.Generate(DkimAlgorithm.RsaSha256);
        db.AddRange(
            new RelayRow
            {
                Name = "sink", Host = "127.0.0.1", Port = relayPort, Security = RelaySecurity.None, Connections = connections, MessagesPerConnection = MessagesPerConnection,
            },
            new DkimKeyRow
            {
                PublicationId = _publication, Domain = Domain, Selector = "cm1", DnsRecord = key.DnsRecord, Active = true, CreatedAt = now,
                PrivateKey = _host.Services.GetRequiredService<PublicationSecrets>().WrapKey(key.ToPem()),
            });
        await db.SaveChangesAsync(ct);
        await AddIssueAsync(db, now, kilobytes, ct);
    }

    private async Task AddIssueAsync(CrankDb db, DateTimeOffset now, int kilobytes, CancellationToken ct)
    {
        var issue = new IssueRow { PublicationId = _publication, Slug = "2026-06", Title = "June 2026", State = IssueState.Approved, Revision = 1, CreatedAt = now, UpdatedAt = now };
        db.Issues.Add(issue);
        await db.SaveChangesAsync(ct);
        var filler = new StringBuilder("<div>");
        while (filler.Length < kilobytes * 1024) filler.Append("<p>A sentence of the issue that goes on for a while, with a café.</p>\n");
        var edition = new Edition
        {
            PublicationId = _publication, IssueId = issue.Id, Revision = 1, Subject = "Ports, cables and a quiet summit", Preheader = "Three straits",
            Html = Samples.Html("en").Replace("</td>", $"{filler}</div></td>", StringComparison.Ordinal), Text = Samples.Text, FromName = "Harbor Brief", FromEmail = $"brief@{Domain}",
            PostalAddress = "1 Pier Road, Port Example", ThemeName = "classic", ThemeHash = "0", Hash = "first", CreatedAt = now,
        };
        db.Editions.Add(edition);
        await db.SaveChangesAsync(ct);
        db.Approvals.Add(new Approval { IssueId = issue.Id, EditionId = edition.Id, Hash = edition.Hash, At = now });
        await db.SaveChangesAsync(ct);
        (_issue, _edition) = (issue.Id, edition.Id);
    }

    private Subscriber MakeReader(string email, string name, AddressHasher hasher, DateTimeOffset now) => new()
    {
        PublicationId = _publication, Email = email, NormalizedEmail = email, AddressHash = hasher.Hash(email), Name = name, FirstName = name, CreatedAt = now, UpdatedAt = now,
    };
}
