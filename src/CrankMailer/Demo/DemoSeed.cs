using CrankMailer.Authoring;
using CrankMailer.Authoring.Workflow;
using CrankMailer.Authoring.Workflow.Pictures;
using CrankMailer.Authoring.Yaml;
using CrankMailer.Console.Accounts;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Demo;

/// <summary>
/// Fills an empty database with the demonstration: the publication "Sundry Tides" of an invented archipelago, three published issues and the
/// next one ready for approval, two lists, invented readers, and an editor-in-chief who may do everything.
/// </summary>
internal sealed class DemoSeed(
    CrankDb db, SetUp setUp, IssueDesk desk, EditionMaker editions, ApprovalDesk approvals, PictureStore pictures, AddressHashers hashers, UserManager<User> users, TimeProvider clock)
{
    public const string EditorEmail = "marrable@sundry-tides.example";
    public const int Readers = 250;
    private static readonly string Content = Path.Combine(AppContext.BaseDirectory, "Demo", "content");

    /// <summary>Does nothing where the folder already holds the demonstration.</summary>
    /// <returns>The editor-in-chief.</returns>
    public async Task<User> RunAsync(int readers, CancellationToken ct)
    {
        if (await users.FindByEmailAsync(EditorEmail) is { } known) return known;
        var editor = await AddEditorAsync();
        var publication = await AddPublicationAsync(editor.Id, ct);
        var lists = await AddListsAsync(publication.Id, ct);
        await AddReadersAsync(publication.Id, lists, readers, ct);
        var files = Directory.GetFiles(Content, "*.md").Order(StringComparer.Ordinal).ToList();
        foreach (var file in files) await AddIssueAsync(publication, file, published: file != files[^1], editor.Id, ct);
        return editor;
    }

    private async Task<User> AddEditorAsync()
    {
        var editor = new User
        {
            UserName = EditorEmail, Email = EditorEmail, Name = "Ysolde Marrable", CreatedAt = clock.Instant(),
            Roles = Roles.Reader | Roles.Editor | Roles.Chief | Roles.Operator | Roles.Owner,
        };
        var made = await users.CreateAsync(editor);
        return made.Succeeded ? editor : throw new InvalidOperationException(string.Join(" ", made.Errors.Select(e => e.Description)));
    }

    private async Task<PublicationRow> AddPublicationAsync(int editorId, CancellationToken ct)
    {
        var (document, problems) = PublicationYaml.Read(await File.ReadAllTextAsync(Path.Combine(Content, "publication.yaml"), ct), "publication.yaml");
        if (document is null) throw new ProblemException(problems);
        var refused = await setUp.MakePublicationAsync(document, "The monthly issue", editorId, ct);
        return refused.Count == 0 ? await db.Publications.FirstAsync(p => p.Slug == document.Slug, ct) : throw new ProblemException(refused);
    }

    private async Task<(int Monthly, int Notices)> AddListsAsync(int publicationId, CancellationToken ct)
    {
        var monthly = await db.Lists.FirstAsync(l => l.PublicationId == publicationId, ct);
        monthly.Description = "Once a month, on a Friday.";
        var notices = new MailingList
        {
            PublicationId = publicationId, Slug = "notices", Name = "Harbour notices", Description = "Events and corrections, a few times a year.", CreatedAt = clock.Instant(),
        };
        db.Lists.Add(notices);
        await db.SaveChangesAsync(ct);
        return (monthly.Id, notices.Id);
    }

    private async Task AddReadersAsync(int publicationId, (int Monthly, int Notices) lists, int readers, CancellationToken ct)
    {
        var hasher = await hashers.GetAsync(ct);
        var now = clock.Instant();
        foreach (var chunk in DemoPeople.Make(readers).Chunk(500))
        {
            var people = chunk.Select(p => (Person: p, Row: RowOf(p, publicationId, hasher, now))).ToList();
            db.Subscribers.AddRange(people.Select(p => p.Row));
            await db.SaveChangesAsync(ct);
            foreach (var (person, row) in people) AddSubscriptions(person, row, lists);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
    }

    private static Subscriber RowOf(DemoPerson person, int publicationId, AddressHasher hasher, DateTimeOffset now)
    {
        var joined = now.AddDays(-person.JoinedDaysAgo);
        return new Subscriber
        {
            PublicationId = publicationId, Email = person.Email, NormalizedEmail = person.Email, AddressHash = hasher.Hash(person.Email),
            Name = $"{person.FirstName} {person.LastName}", FirstName = person.FirstName, LastName = person.LastName, Lang = person.Lang, CreatedAt = joined, UpdatedAt = joined,
        };
    }

    private void AddSubscriptions(DemoPerson person, Subscriber row, (int Monthly, int Notices) lists)
    {
        Add(lists.Monthly, person.Monthly);
        if (person.Notices is { } notices) Add(lists.Notices, notices);
        if (person.Suppressed is { } reason)
            db.Suppressions.Add(new Suppression { AddressHash = row.AddressHash, PublicationId = row.PublicationId, Reason = reason, At = clock.Instant(), Note = "Part of the demonstration." });

        void Add(int list, SubscriptionState state)
        {
            var confirmed = state == SubscriptionState.Pending ? (DateTimeOffset?)null : row.CreatedAt.AddMinutes(7);
            db.Subscriptions.Add(new Subscription
            {
                ListId = list, SubscriberId = row.Id, State = state, CreatedAt = row.CreatedAt, ConfirmedAt = confirmed,
                EndedAt = state == SubscriptionState.Unsubscribed ? row.CreatedAt.AddDays(3) : null,
                PausedUntil = state == SubscriptionState.Paused ? clock.Instant().AddDays(45) : null,
            });
            db.ConsentEntries.Add(new ConsentEntry { SubscriberId = row.Id, ListId = list, Kind = ConsentKind.Asked, At = row.CreatedAt, Source = "form:sundry-tides", TextVersion = "demo-1" });
            if (confirmed is { } at) db.ConsentEntries.Add(new ConsentEntry { SubscriberId = row.Id, ListId = list, Kind = ConsentKind.Confirmed, At = at, Source = "link" });
        }
    }

    private async Task AddIssueAsync(PublicationRow publication, string file, bool published, int editorId, CancellationToken ct)
    {
        var (issue, problems) = IssueFile.Read(await File.ReadAllTextAsync(file, ct), Path.GetFileName(file));
        if (issue is null) throw new ProblemException(problems);
        var made = await desk.CreateAsync(publication, issue with { Image = await StorePictureAsync(issue.Image, ct) }, "part of the demonstration", editorId, ct);
        if (made is not DeskResult.Done done) throw new InvalidOperationException($"{file}: {made}");
        if (published) await PublishAsync(publication, done, issue.Period ?? "", editorId, ct);
        else await desk.SubmitAsync(done.IssueId, done.Revision, editorId, ct);
    }

    private async Task<IssueImage?> StorePictureAsync(IssueImage? image, CancellationToken ct)
    {
        if (image?.Src is not { } src) return image;
        var (stored, problem) = await pictures.SaveAsync(await File.ReadAllBytesAsync(Path.Combine(Content, src), ct), ct);
        return stored is not null ? image with { Src = stored.Src } : throw new ProblemException(problem is null ? [] : [problem]);
    }

    private async Task PublishAsync(PublicationRow publication, DeskResult.Done issue, string period, int editorId, CancellationToken ct)
    {
        var copy = await desk.FindAsync(issue.IssueId, ct) ?? throw new InvalidOperationException("The issue just made is not there.");
        var draft = await editions.MakeAsync(publication, copy, ct);
        if (draft.Edition is not { } edition) throw new ProblemException(draft.Problems);
        var approved = await approvals.ApproveAsync(publication, issue.IssueId, issue.Revision, edition.Hash, "Part of the demonstration.", editorId, ct);
        if (approved is not DeskResult.Done) throw new InvalidOperationException($"{period}: {approved}");
        var at = DateTimeOffset.Parse($"{period}-27T09:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        await db.Issues.Where(i => i.Id == issue.IssueId)
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.State, IssueState.Published).SetProperty(i => i.PublishedAt, at), ct);
    }
}
