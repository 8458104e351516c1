using CrankMailer.Authoring.Workflow;
using CrankMailer.Authoring.Workflow.Pictures;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Publications;
using CrankMailer.Rendering;
using CrankMailer.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Tests.Authoring.Workflow;

/// <summary>A desk on a fresh database with a publication and two people, Ada (writes) and Ben (approves).</summary>
internal sealed class DeskFixture : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;

    private DeskFixture(TestDatabase database, ServiceProvider services)
    {
        (_database, _services) = (database, services);
        _scope = services.CreateAsyncScope();
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public FakeClock Clock { get; } = new();

    public PublicationRow Publication { get; private set; } = new();

    public int Ada { get; private set; }

    public int Ben { get; private set; }

    public IssueDesk Desk => Get<IssueDesk>();

    public ApprovalDesk Approvals => Get<ApprovalDesk>();

    public EditionMaker Editions => Get<EditionMaker>();

    public PictureStore Pictures => Get<PictureStore>();

    public TestSend Tests => Get<TestSend>();

    public static async Task<DeskFixture> CreateAsync(DatabaseEngine engine, bool onePersonMayApprove = false)
    {
        var database = await TestDatabase.CreateAsync(engine);
        var services = new ServiceCollection();
        database.AddTo(services);
        services.AddLogging(l => l.ClearProviders()).AddSingleton<TimeProvider>(new FakeClock());
        services.AddRendering(Path.Combine(AppContext.BaseDirectory, "templates")).AddAuthoringWorkflow();
        var fixture = new DeskFixture(database, services.BuildServiceProvider());
        await fixture.FillAsync(onePersonMayApprove);
        return fixture;
    }

    public CrankDb Open() => _database.Open();

    /// <summary>A new issue of the publication, made by Ada.</summary>
    public async Task<IssueCopy> NewIssueAsync(Issue? content = null)
    {
        var done = Assert.IsType<DeskResult.Done>(await Desk.CreateAsync(Publication, content ?? A.Issue(), "new", Ada, Ct));
        return await GetAsync(done.IssueId);
    }

    public async Task<IssueCopy> GetAsync(int id) => await Desk.FindAsync(id, Ct) ?? throw new InvalidOperationException("gone");

    public async Task<DeskResult> ApproveAsync(IssueCopy copy, int userId)
    {
        var draft = await Editions.MakeAsync(Publication, copy, Ct);
        return await Approvals.ApproveAsync(Publication, copy.Id, copy.Revision, draft.Edition?.Hash ?? "", null, userId, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private T Get<T>() where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    private async Task FillAsync(bool onePersonMayApprove)
    {
        await using var db = Open();
        Publication = new PublicationRow
        {
            Slug = "harbor-brief", Document = A.Publication(), OnePersonMayApprove = onePersonMayApprove, FeedbackSenderId = "cmtest", CreatedAt = Clock.Instant(), Version = 1,
        };
        var (ada, ben) = (Person("ada"), Person("ben"));
        db.AddRange(Publication, ada, ben);
        await db.SaveChangesAsync(Ct);
        (Ada, Ben) = (ada.Id, ben.Id);
    }

    private static User Person(string name) => new() { Name = name, UserName = name, NormalizedUserName = name.ToUpperInvariant(), Roles = Roles.Editor | Roles.Chief };
}
