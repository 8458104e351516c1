using System.Text.RegularExpressions;
using CrankMailer.Audience;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;
using CrankMailer.Public;
using CrankMailer.Rendering;
using CrankMailer.Tests.Audience;
using CrankMailer.Tests.Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Tests.Public;

/// <summary>The readers' pages on a real Kestrel, a free port and a fresh database; two issues are published.</summary>
internal sealed partial class PublicSite : IAsyncDisposable
{
    public const string IssueHtml =
        """
        <!doctype html><html lang="en"><head><title>June</title><style>p{color:#000000}</style></head><body>
        <h2><a name="k7f2" id="k7f2"></a>A pier</h2><p>Dear {{ subscriber.first_name ?? "reader" }} at {{ subscriber.email }}</p>
        {{ if links.unsubscribe }}<a href="{{ links.unsubscribe }}">Unsubscribe</a>{{ end }}{{ if links.preferences }}<a href="{{ links.preferences }}">Preferences</a>{{ end }}
        </body></html>
        """;

    private readonly TestDatabase _database;
    private readonly WebApplication _app;

    private PublicSite(TestDatabase database, WebApplication app, PublicationRow publication, IReadOnlyList<MailingList> lists)
    {
        (_database, _app, Publication, Lists) = (database, app, publication, lists);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }
    public PublicationRow Publication { get; }
    public IReadOnlyList<MailingList> Lists { get; }

    public static async Task<PublicSite> StartAsync(DatabaseEngine engine = DatabaseEngine.Sqlite)
    {
        var database = await TestDatabase.CreateAsync(engine);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Audience:AnswerAfterMilliseconds"] = "0", ["Audience:FastestFillSeconds"] = "0", ["Audience:FormsBeforeQuestion"] = "1000",
        });
        var templates = Path.Combine(Required.Solution, "templates");
        builder.Services.AddModel();
        database.AddTo(builder.Services);
        builder.Services.AddRendering(templates).AddAudience().AddPublicPages(templates);
        var app = builder.Build();
        app.UsePublicAddresses();
        app.MapPublicPages();
        var (publication, lists) = await AudienceWorld.SeedAsync(database);
        await SeedIssuesAsync(database, publication);
        await app.StartAsync();
        return new PublicSite(database, app, publication, lists);
    }

    public CrankDb Open() => _database.Open();

    public async Task<string> GetTextAsync(string path)
    {
        using var answer = await Client.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string, string)[] fields) =>
        Client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))));

    /// <summary>The hidden stamp of a page with a form.</summary>
    public async Task<string> StampAsync(string path) => Stamp().Match(await GetTextAsync(path)).Groups[1].Value;

    public async Task<HttpResponseMessage> SignUpAsync(string email, string name = "") => await PostAsync(
        "/harbor-brief/subscribe", ("email", email), ("name", name), ("list", "monthly"), ("website", ""), ("stamp", await StampAsync("/harbor-brief/subscribe")));

    /// <summary>The token of the newest mail of a kind.</summary>
    public async Task<string> MailedTokenAsync(string kind)
    {
        await using var db = Open();
        return MailedLink().Match(await db.OutboxMails.Where(m => m.Kind == kind).OrderByDescending(m => m.Id).Select(m => m.Text).FirstAsync()).Groups[1].Value;
    }

    public async Task<Subscriber> SubscribeAsync(string email)
    {
        (await SignUpAsync(email)).Dispose();
        (await PostAsync($"/confirm/{await MailedTokenAsync("confirm")}")).Dispose();
        await using var db = Open();
        return await db.Subscribers.SingleAsync(s => s.NormalizedEmail == email);
    }

    public async Task<SubscriptionState> StateAsync(Subscriber person)
    {
        await using var db = Open();
        return await db.Subscriptions.Where(s => s.SubscriberId == person.Id && s.ListId == Lists[0].Id).Select(s => s.State).SingleAsync();
    }

    public async Task<string> TokenAsync(TokenPurpose purpose, TokenIds ids) => (await _app.Services.GetRequiredService<TokenRings>().GetAsync(default)).Make(purpose, ids);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task SeedIssuesAsync(TestDatabase database, PublicationRow publication)
    {
        await using var db = database.Open();
        foreach (var (slug, title, day) in new[] { ("2026-05", "May & <b>more</b>", 1), ("2026-06", "June \"quoted\"", 30) })
        {
            var at = new DateTimeOffset(2026, 5, day, 12, 0, 0, TimeSpan.Zero);
            var issue = new IssueRow { PublicationId = publication.Id, Slug = slug, Title = title, State = IssueState.Published, PublishedAt = at, CreatedAt = at, UpdatedAt = at, Revision = 1 };
            db.Issues.Add(issue);
            await db.SaveChangesAsync();
            var edition = new Edition { PublicationId = publication.Id, IssueId = issue.Id, Revision = 1, Subject = title, Preheader = "Three straits", Html = IssueHtml, Text = "t", CreatedAt = at };
            db.Editions.Add(edition);
            await db.SaveChangesAsync();
            issue.EditionId = edition.Id;
            var campaign = new Campaign { PublicationId = publication.Id, IssueId = issue.Id, Name = title, State = CampaignState.Done, CreatedAt = at };
            db.Campaigns.Add(campaign);
            await db.SaveChangesAsync();
            db.CampaignEditions.Add(new CampaignEdition { CampaignId = campaign.Id, EditionId = edition.Id });
            db.CampaignLists.Add(new CampaignList { CampaignId = campaign.Id, ListId = await db.Lists.Where(l => l.Slug == "monthly").Select(l => l.Id).SingleAsync() });
            await db.SaveChangesAsync();
        }
    }

    [GeneratedRegex("name=\"stamp\" value=\"([^\"]+)\"")]
    private static partial Regex Stamp();

    [GeneratedRegex("/(?:confirm|preferences)/([a-z2-7]+)")]
    private static partial Regex MailedLink();
}
