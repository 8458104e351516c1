using System.Net;
using System.Text.RegularExpressions;
using CrankMailer.Audience;
using CrankMailer.Audience.Guard;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;
using CrankMailer.Rendering;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Audience;

/// <summary>A publication with two public lists and a private one, on a fresh database, with a clock that stands.</summary>
internal sealed class AudienceWorld : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private AudienceWorld(TestDatabase database, ServiceProvider services, PublicationRow publication, IReadOnlyList<MailingList> lists)
    {
        (_database, _services, Publication) = (database, services, publication);
        (Monthly, Events, Staff) = (lists[0], lists[1], lists[2]);
    }

    public FakeClock Clock => _services.GetRequiredService<FakeClock>();
    public PublicationRow Publication { get; }
    public MailingList Monthly { get; }
    public MailingList Events { get; }
    public MailingList Staff { get; }
    public SentMails Mails => new(_database);

    public static async Task<AudienceWorld> CreateAsync(DatabaseEngine engine, params (string Key, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync(engine);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>($"{AudienceOptions.Section}:{s.Key}", s.Value))).Build());
        services.AddSingleton<FakeClock>().AddSingleton<TimeProvider>(p => p.GetRequiredService<FakeClock>());
        services.AddModel();
        database.AddTo(services);
        services.AddAudience();
        services.AddRendering(Path.Combine(Required.Solution, "templates"));
        var provider = services.BuildServiceProvider(validateScopes: true);
        var (publication, lists) = await SeedAsync(database);
        return new AudienceWorld(database, provider, publication, lists);
    }

    public CrankDb Open() => _database.Open();

    /// <summary>Each call is a request of its own.</summary>
    public async Task<T> DoAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public SignUpRequest Form(string? email, params string[] lists) => new()
    {
        PublicationId = Publication.Id, Email = email, Lists = lists.Length == 0 ? [Monthly.Slug] : lists, Lang = "en",
        Traps = new FormTraps(Stamp: OldStamp()), Visit = Reader("form:harbor-brief"),
    };

    public string OldStamp()
    {
        var stamp = _services.GetRequiredService<FormGuard>().Stamp();
        Clock.Advance(TimeSpan.FromSeconds(30));
        return stamp;
    }

    public Task<SignUpResult> AskAsync(string email, params string[] lists) => DoAsync<SignUp, SignUpResult>(s => s.AskAsync(Form(email, lists), default));

    /// <summary>Signs up and presses the button of the mail.</summary>
    public async Task<Subscriber> SubscribeAsync(string email, params string[] lists)
    {
        await AskAsync(email, lists);
        await DoAsync<Confirm, ConfirmResult>(c => c.ByTokenAsync(Mails.Last(SystemMailKind.Confirm).ConfirmToken!, Reader("link"), default));
        await using var db = Open();
        var normalized = EmailAddress.Parse(email)!.Normalized;
        return await db.Subscribers.SingleAsync(s => s.NormalizedEmail == normalized);
    }

    public async Task<SubscriptionState?> StateAsync(Subscriber person, MailingList list)
    {
        await using var db = Open();
        return (await db.Subscriptions.FirstOrDefaultAsync(s => s.SubscriberId == person.Id && s.ListId == list.Id))?.State;
    }

    public async Task<string> TokenAsync(TokenPurpose purpose, long subscriberId, long campaignId = 0) =>
        (await _services.GetRequiredService<TokenRings>().GetAsync(default)).Make(purpose, new TokenIds(Publication.Id, subscriberId, campaignId));

    public Task<bool> LeaveAsync(string token) => DoAsync<Unsubscribe, bool>(u => u.ByTokenAsync(token, Reader("one-click"), default));

    /// <summary>A campaign of an issue that went to the given lists.</summary>
    public async Task<Campaign> CampaignAsync(params MailingList[] lists)
    {
        await using var db = Open();
        var issue = new IssueRow { PublicationId = Publication.Id, Slug = $"i-{Guid.NewGuid():n}", CreatedAt = Clock.Instant(), UpdatedAt = Clock.Instant() };
        db.Issues.Add(issue);
        await db.SaveChangesAsync();
        var campaign = new Campaign { PublicationId = Publication.Id, IssueId = issue.Id, Name = "June", State = CampaignState.Done, CreatedAt = Clock.Instant() };
        db.Campaigns.Add(campaign);
        await db.SaveChangesAsync();
        db.CampaignLists.AddRange(lists.Select(l => new CampaignList { CampaignId = campaign.Id, ListId = l.Id }));
        await db.SaveChangesAsync();
        return campaign;
    }

    public static Visit Reader(string source) => new(source, IPAddress.Parse("192.0.2.44"), "Mozilla/5.0 (test)");

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal static async Task<(PublicationRow, IReadOnlyList<MailingList>)> SeedAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var publication = new PublicationRow
        {
            Slug = "harbor-brief", FeedbackSenderId = "harbor01", CreatedAt = now,
            Document = new Publication { Slug = "harbor-brief", Name = "Harbor Brief", PublicUrl = "https://news.example.test" },
        };
        db.Publications.Add(publication);
        await db.SaveChangesAsync();
        MailingList[] lists =
        [
            new() { PublicationId = publication.Id, Slug = "monthly", Name = "Monthly", CreatedAt = now },
            new() { PublicationId = publication.Id, Slug = "events", Name = "Events", Description = "Now and then", CreatedAt = now },
            new() { PublicationId = publication.Id, Slug = "staff", Name = "Staff", IsPublic = false, CreatedAt = now },
        ];
        db.Lists.AddRange(lists);
        await db.SaveChangesAsync();
        return (publication, lists);
    }
}

/// <summary>What lies in the outbox.</summary>
internal sealed partial class SentMails(TestDatabase database)
{
    public int Count(SystemMailKind kind) => Of(kind).Count;

    public SentMail Last(SystemMailKind kind) => Of(kind)[^1];

    private List<SentMail> Of(SystemMailKind kind)
    {
        using var db = database.Open();
        var word = kind.ToString().ToLowerInvariant();
        return [.. db.OutboxMails.Where(m => m.Kind == word).OrderBy(m => m.Id).Select(m => m.Text).ToList().Select(t => new SentMail(t, Link().Match(t).Groups[1].Value))];
    }

    [GeneratedRegex("/(?:confirm|preferences)/([a-z2-7]+)")]
    private static partial Regex Link();
}

internal sealed record SentMail(string Text, string ConfirmToken);
