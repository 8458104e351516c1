using CrankMailer.Authoring.Workflow;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Authoring.Workflow;

public sealed class TestSendTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Each_address_gets_one_marked_mail(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);

        var (queued, problems) = await fixture.Tests.QueueAsync(Mail(fixture), "ada@harbor.example, ben@harbor.example\nADA@harbor.example", capture: true, fixture.Ada, Ct);

        Assert.Empty(problems);
        Assert.Equal(2, queued);
        await using var db = fixture.Open();
        var mails = await db.OutboxMails.OrderBy(m => m.Id).ToListAsync(Ct);
        Assert.All(mails, m => Assert.Equal(("test", "[Test] Pier", OutboxState.Queued, true), (m.Kind, m.Subject, m.State, m.Capture)));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task One_wrong_address_queues_nothing(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        foreach (var addresses in new[] { null, " , ", "ada@harbor.example, nobody", string.Join(',', Enumerable.Range(0, 21).Select(i => $"a{i}@harbor.example")) })
        {
            var (queued, problems) = await fixture.Tests.QueueAsync(Mail(fixture), addresses, capture: false, fixture.Ada, Ct);
            Assert.Equal((0, "addresses"), (queued, Assert.Single(problems).Item));
        }
        await using var db = fixture.Open();
        Assert.Empty(await db.OutboxMails.ToListAsync(Ct));
    }

    private static TestMail Mail(DeskFixture fixture) => new(fixture.Publication.Id, 1, 1, "Pier", "<p>Pier</p>", "Pier");
}
