using CrankMailer.Delivery;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Delivery.Freeze;
using CrankMailer.Feedback;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

/// <summary>A publication with a list, an approved edition and a relay, in a database of its own, and the stage's services over it.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>One key for all tests: making one takes a second.</summary>
    public static readonly DkimKey SigningKey = DkimKey.Generate(DkimAlgorithm.RsaSha256);

    private static readonly AddressHasher Hasher = new([1, 2, 3]);
    private readonly TestDatabase _database;
    private Action<Dictionary<string, string?>>? _settings;
    private Action<IServiceCollection>? _with;

    private World(TestDatabase database, FakeClock clock, ServiceProvider services) => (_database, Clock, Services) = (database, clock, services);

    public FakeClock Clock { get; }

    public ServiceProvider Services { get; }

    public int PublicationId { get; private set; }

    public int ListId { get; private set; }

    public int IssueId { get; private set; }

    public int EditionId { get; private set; }

    public int RelayId { get; private set; }

    public static async Task<World> CreateAsync(DatabaseEngine engine, SendingMode? mode = null, Action<Dictionary<string, string?>>? settings = null, Action<IServiceCollection>? services = null)
    {
        var database = await TestDatabase.CreateAsync(engine);
        var clock = new FakeClock();
        var world = new World(database, clock, Build(database, clock, mode ?? new SendingMode(false), settings, services)) { _settings = settings, _with = services };
        await world.FillAsync();
        return world;
    }

    /// <summary>Another process on the same database.</summary>
    public ServiceProvider OtherNode(SendingMode? mode = null) => Build(_database, Clock, mode ?? new SendingMode(false, "worker"), _settings, _with);

    public CrankDb Open() => _database.Open();

    public async Task<T> With<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<DeskAnswer> Desk(Func<CampaignDesk, Task<DeskAnswer>> work) => With(work);

    public async Task<CampaignBooks> BooksAsync(int campaign) => (await With<Books, CampaignBooks?>(b => b.FindAsync(campaign, Ct)))!;

    /// <summary>The books balance, and the rows are what the books say.</summary>
    public async Task AssertBooksAsync(int campaign)
    {
        var books = await BooksAsync(campaign);
        Assert.True(books.Balance, $"audience {books.Campaign.Audience}, states {string.Join(", ", books.States.Where(s => s.Value != 0))}");
        // Two reads: while mail is on the wire a row may move between them, so they must come to agree, not agree at once.
        await Eventually.HoldsAsync(
            async () => (await With<Books, IReadOnlyDictionary<DeliveryState, long>>(b => b.CountRowsAsync(campaign, Ct))).All(r => r.Value == books.States[r.Key])
                || (books = await BooksAsync(campaign)) is null,
            () => Task.FromResult($"the rows to be what the books say: {string.Join(", ", books.States.Where(s => s.Value != 0))}"));
    }

    public async Task<int> AddListAsync(string slug)
    {
        await using var db = Open();
        var list = new MailingList { PublicationId = PublicationId, Slug = slug, Name = slug, CreatedAt = Clock.Instant() };
        db.Lists.Add(list);
        await db.SaveChangesAsync(Ct);
        return list.Id;
    }

    public async Task<List<long>> AddSubscribersAsync(int count, string domain = "example.org", int? list = null, SubscriptionState state = SubscriptionState.Active)
    {
        await using var db = Open();
        var first = await db.Subscribers.CountAsync(Ct);
        var people = Enumerable.Range(first, count).Select(n => MakeSubscriber($"Reader{n}@{domain}", $"Reader {n}")).ToList();
        db.Subscribers.AddRange(people);
        await db.SaveChangesAsync(Ct);
        foreach (var person in people) db.Subscriptions.Add(MakeSubscription(person.Id, list ?? ListId, state));
        await db.SaveChangesAsync(Ct);
        return people.ConvertAll(p => p.Id);
    }

    public async Task<long> AddSubscriberAsync(string email, string? name = null, Action<Subscriber>? with = null, SubscriptionState state = SubscriptionState.Active)
    {
        await using var db = Open();
        var person = MakeSubscriber(email, name);
        with?.Invoke(person);
        db.Subscribers.Add(person);
        await db.SaveChangesAsync(Ct);
        db.Subscriptions.Add(MakeSubscription(person.Id, ListId, state));
        await db.SaveChangesAsync(Ct);
        return person.Id;
    }

    public async Task SubscribeAsync(long subscriber, int list, SubscriptionState state = SubscriptionState.Active)
    {
        await using var db = Open();
        db.Subscriptions.Add(MakeSubscription(subscriber, list, state));
        await db.SaveChangesAsync(Ct);
    }

    public async Task UnsubscribeAsync(long subscriber)
    {
        await using var db = Open();
        await db.Subscriptions.Where(s => s.SubscriberId == subscriber).ExecuteUpdateAsync(s => s.SetProperty(x => x.State, SubscriptionState.Unsubscribed), Ct);
    }

    public async Task SuppressAsync(string email, int? publication = null)
    {
        await using var db = Open();
        db.Suppressions.Add(new Suppression
        {
            AddressHash = Hasher.Hash(email.ToLowerInvariant()), PublicationId = publication, Reason = SuppressionReason.Complaint, At = Clock.Instant(),
        });
        await db.SaveChangesAsync(Ct);
    }

    /// <summary>Points the world's relay at a listener.</summary>
    public async Task UseRelayAsync(int port, int connections = 4, bool captures = false)
    {
        await using var db = Open();
        await db.Relays.Where(r => r.Id == RelayId).ExecuteUpdateAsync(s => s
            .SetProperty(r => r.Port, port).SetProperty(r => r.Connections, connections).SetProperty(r => r.Captures, captures), Ct);
    }

    /// <summary>Waits until the campaign is in the state, and checks its books.</summary>
    public async Task<CampaignBooks> UntilAsync(int campaign, CampaignState state)
    {
        await Eventually.HoldsAsync(async () => (await BooksAsync(campaign)).Campaign.State == state, async () =>
        {
            var books = await BooksAsync(campaign);
            return $"the campaign to be {state}; it is {books.Campaign.State} ({books.Campaign.StateReason}): {string.Join(", ", books.States.Where(s => s.Value != 0))}";
        });
        await AssertBooksAsync(campaign);
        return await BooksAsync(campaign);
    }

    /// <summary>A campaign of the world's edition to its list, not started.</summary>
    public async Task<int> CreateCampaignAsync(AudienceChoice? choice = null, IReadOnlyList<int>? editions = null)
    {
        var answer = await Desk(d => d.CreateAsync(new NewCampaign(IssueId, editions ?? [EditionId], "June", choice ?? new AudienceChoice([ListId], [])), null, Ct));
        return Assert.IsType<DeskAnswer.Done>(answer).CampaignId;
    }

    public async Task<int> StartCampaignAsync(AudienceChoice? choice = null)
    {
        var id = await CreateCampaignAsync(choice);
        Assert.IsType<DeskAnswer.Done>(await Desk(d => d.StartAsync(id, null, Ct)));
        return id;
    }

    public async Task FreezeAsync(int campaign)
    {
        var freezer = Services.GetRequiredService<Freezer>();
        while (!(await freezer.StepAsync(campaign, Ct)).Ended) { }
    }

    public async Task<Edition> AddEditionAsync(string lang, Action<Edition>? with = null, bool approved = true)
    {
        await using var db = Open();
        var edition = new Edition
        {
            PublicationId = PublicationId, IssueId = IssueId, Revision = 1, Lang = lang, Subject = "Ports, cables and a quiet summit", Preheader = "Three straits",
            Html = Samples.Html(lang), Text = Samples.Text, FromName = "Harbor Brief", FromEmail = "brief@news.example.test", ReplyTo = "editors@news.example.test",
            PostalAddress = "1 Pier Road, Port Example", ThemeName = "classic", ThemeHash = "0", Hash = $"hash-{lang}-{Guid.NewGuid():n}", CreatedAt = Clock.Instant(),
        };
        with?.Invoke(edition);
        db.Editions.Add(edition);
        await db.SaveChangesAsync(Ct);
        if (approved) db.Approvals.Add(new Approval { IssueId = IssueId, EditionId = edition.Id, Hash = edition.Hash, At = Clock.Instant() });
        await db.SaveChangesAsync(Ct);
        return edition;
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task FillAsync()
    {
        await using var db = Open();
        var publication = new PublicationRow
        {
            Slug = "harbor-brief", FeedbackSenderId = "harborbr", CreatedAt = Clock.Instant(),
            Document = new Publication
            {
                Slug = "harbor-brief", Name = "Harbor Brief", Lang = "en", PublicUrl = "https://news.example.test",
                Sender = new Sender { Name = "Harbor Brief", Email = "brief@news.example.test" },
                Organisation = new Organisation { Name = "Harbor Institute", PostalAddress = ["1 Pier Road", "Port Example"], Contact = "office@news.example.test" },
            },
        };
        db.Publications.Add(publication);
        await db.SaveChangesAsync(Ct);
        PublicationId = publication.Id;
        var issue = new IssueRow { PublicationId = PublicationId, Slug = "2026-06", Title = "June 2026", State = IssueState.Approved, Revision = 1, CreatedAt = Clock.Instant(), UpdatedAt = Clock.Instant() };
        var relay = new RelayRow { Name = "main", Host = "127.0.0.1", Port = 9, Security = RelaySecurity.None };
        db.AddRange(issue, relay, new DkimKeyRow
        {
            PublicationId = PublicationId, Domain = "news.example.test", Selector = "cm1", PrivateKey = Services.GetRequiredService<PublicationSecrets>().WrapKey(SigningKey.ToPem()),
            DnsRecord = SigningKey.DnsRecord, Active = true, CreatedAt = Clock.Instant(),
        });
        await db.SaveChangesAsync(Ct);
        (IssueId, RelayId) = (issue.Id, relay.Id);
        ListId = await AddListAsync("monthly");
        EditionId = (await AddEditionAsync("en")).Id;
    }

    private Subscriber MakeSubscriber(string email, string? name) => new()
    {
        PublicationId = PublicationId, Email = email, NormalizedEmail = email.ToLowerInvariant(), AddressHash = Hasher.Hash(email.ToLowerInvariant()),
        Name = name, FirstName = name?.Split(' ')[0], CreatedAt = Clock.Instant(), UpdatedAt = Clock.Instant(),
    };

    private Subscription MakeSubscription(long subscriber, int list, SubscriptionState state) => new()
    {
        ListId = list, SubscriberId = subscriber, State = state, CreatedAt = Clock.Instant(), ConfirmedAt = state == SubscriptionState.Pending ? null : Clock.Instant(),
    };

    private static ServiceProvider Build(TestDatabase database, FakeClock clock, SendingMode mode, Action<Dictionary<string, string?>>? settings, Action<IServiceCollection>? with)
    {
        var values = new Dictionary<string, string?>();
        settings?.Invoke(values);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        database.AddTo(services);
        services.AddModel();
        with?.Invoke(services);
        services.AddDelivery(mode).AddDeliveryPump();
        services.AddFeedback();
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }
}
