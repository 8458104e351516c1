using System.Text.Json;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Postgres;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Sqlite;
using CrankMailer.Tests;
using CrankMailer.Tests.Databases;
using CrankMailer.Tests.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Scenarios;

/// <summary>
/// A data folder and a database as an operator has them after set-up: a publication with an https address, its key, a list of readers, an approved
/// issue and a relay on loopback. The processes of a scenario run on it.
/// </summary>
internal sealed class Place : IAsyncDisposable
{
    public const string Domain = "news.example.test";
    private const int Chunk = 500;
    private readonly ServiceProvider _services;
    private readonly string? _postgres;

    private Place(string folder, string? postgres)
    {
        (Folder, _postgres) = (folder, postgres);
        var services = new ServiceCollection().AddLogging().AddModel();
        _services = (postgres is null ? services.AddSqliteCrankDb(DatabaseFile) : services.AddPostgresCrankDb(postgres)).BuildServiceProvider();
        Environment["CRANKMAILER_DATA"] = folder;
        if (postgres is not null) Environment["CRANKMAILER_Database__Postgres"] = postgres;
        Environment["CRANKMAILER_Delivery__Lease"] = "00:00:05"; // the shortest allowed: a lost process's share waits for it
    }

    public string Folder { get; }

    public string DatabaseFile => Path.Combine(Folder, "crankmailer.db");

    public Dictionary<string, string> Environment { get; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Place> CreateAsync(DatabaseEngine engine, int readers, int relayPort, int connections = 4)
    {
        var postgres = engine == DatabaseEngine.Postgres ? await NewPostgresAsync() : null;
        var place = new Place(Directory.CreateTempSubdirectory("crankplace").FullName, postgres);
        await place.FillAsync(readers, relayPort, connections);
        return place;
    }

    public CrankDb Open() => _services.GetRequiredService<IDbContextFactory<CrankDb>>().CreateDbContext();

    public Task<CrankProcess> ServeAsync(params string[] more) => CrankProcess.ServeAsync(Environment, ["serve", .. more]);

    public Task<Ran> RunAsync(params string[] arguments) => CrankProcess.RunAsync(Environment, arguments);

    /// <summary>Creates a campaign to the list and starts it, both by command.</summary>
    public async Task<int> StartCampaignAsync()
    {
        var made = await RunAsync("campaign", "create", "--issue", "2026-06", "--list", "monthly", "--json");
        Assert.True(made.Exit == 0, made.Err);
        var id = JsonDocument.Parse(made.Out).RootElement.GetProperty("campaign").GetInt32();
        var started = await RunAsync("campaign", "start", $"{id}");
        Assert.True(started.Exit == 0, started.Err);
        return id;
    }

    /// <summary>Waits until the campaign is done; then the rows are what the books say.</summary>
    public async Task<Dictionary<DeliveryState, int>> UntilDoneAsync(int campaign)
    {
        await Ledger.UntilAsync(Open, campaign, CampaignState.Done);
        return await Ledger.BalancedRowsAsync(Open, campaign);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_postgres is null)
        {
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={DatabaseFile}");
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool(connection);
        }
        else if (await PostgresServer.GetAsync() is { } server) await server.DropDatabaseAsync(_postgres);
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<string> NewPostgresAsync()
    {
        var server = await PostgresServer.GetAsync();
        if (server is null) Required.Missing("PostgreSQL (initdb and postgres)");
        return await server!.CreateDatabaseAsync();
    }

    private async Task FillAsync(int readers, int relayPort, int connections)
    {
        await using var db = Open();
        await db.Database.MigrateAsync(Ct);
        var hasher = await _services.GetRequiredService<AddressHashers>().GetAsync(Ct);
        Environment["CRANKMAILER_INSTALLATION"] = await db.Installations.Select(i => i.InstallationId).SingleAsync(Ct);
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
        await db.SaveChangesAsync(Ct);
        var key = DkimKey.Generate(DkimAlgorithm.RsaSha256);
        var list = new MailingList { PublicationId = publication.Id, Slug = "monthly", Name = "Monthly", CreatedAt = now };
        db.AddRange(list,
            new RelayRow { Name = "main", Host = "127.0.0.1", Port = relayPort, Security = RelaySecurity.None, Connections = connections },
            new DkimKeyRow
            {
                PublicationId = publication.Id, Domain = Domain, Selector = "cm1", DnsRecord = key.DnsRecord, Active = true, CreatedAt = now,
                PrivateKey = _services.GetRequiredService<PublicationSecrets>().WrapKey(key.ToPem()),
            });
        await db.SaveChangesAsync(Ct);
        await AddIssueAsync(db, publication.Id, now);
        await AddReadersAsync(hasher, publication.Id, list.Id, readers, now);
    }

    private static async Task AddIssueAsync(CrankDb db, int publication, DateTimeOffset now)
    {
        var issue = new IssueRow { PublicationId = publication, Slug = "2026-06", Title = "June 2026", State = IssueState.Approved, Revision = 1, CreatedAt = now, UpdatedAt = now };
        db.Issues.Add(issue);
        await db.SaveChangesAsync(Ct);
        var edition = new Edition
        {
            PublicationId = publication, IssueId = issue.Id, Revision = 1, Subject = "Ports, cables and a quiet summit", Preheader = "Three straits",
            Html = Samples.Html("en"), Text = Samples.Text, FromName = "Harbor Brief", FromEmail = $"brief@{Domain}", PostalAddress = "1 Pier Road, Port Example",
            ThemeName = "classic", ThemeHash = "0", Hash = "first", CreatedAt = now,
        };
        db.Editions.Add(edition);
        await db.SaveChangesAsync(Ct);
        issue.EditionId = edition.Id;
        db.Approvals.Add(new Approval { IssueId = issue.Id, EditionId = edition.Id, Hash = edition.Hash, At = now });
        await db.SaveChangesAsync(Ct);
    }

    private async Task AddReadersAsync(AddressHasher hasher, int publication, int list, int count, DateTimeOffset now)
    {
        foreach (var chunk in Enumerable.Range(0, count).Chunk(Chunk))
        {
            await using var db = Open();
            var people = chunk.Select(n => $"reader{n}@example.org").Select((email, n) => new Subscriber
            {
                PublicationId = publication, Email = email, NormalizedEmail = email, AddressHash = hasher.Hash(email),
                FirstName = $"Reader {n}", CreatedAt = now, UpdatedAt = now,
            }).ToList();
            db.Subscribers.AddRange(people);
            await db.SaveChangesAsync(Ct);
            db.Subscriptions.AddRange(people.Select(p => new Subscription { ListId = list, SubscriberId = p.Id, State = SubscriptionState.Active, CreatedAt = now, ConfirmedAt = now }));
            await db.SaveChangesAsync(Ct);
        }
    }
}
