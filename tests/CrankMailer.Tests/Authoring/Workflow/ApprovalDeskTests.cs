using CrankMailer.Authoring.Workflow;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Authoring.Workflow;

public sealed class ApprovalDeskTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Approval_freezes_what_was_seen_under_its_hash(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var issue = await fixture.NewIssueAsync();
        Assert.IsType<DeskResult.Done>(await fixture.Desk.SubmitAsync(issue.Id, 1, fixture.Ada, Ct));

        Assert.IsType<DeskResult.Done>(await fixture.ApproveAsync(issue, fixture.Ben));

        var approved = await fixture.GetAsync(issue.Id);
        await using var db = fixture.Open();
        var edition = await db.Editions.SingleAsync(Ct);
        var approval = await db.Approvals.SingleAsync(Ct);
        Assert.Equal((IssueState.Approved, edition.Id), (approved.State, approved.EditionId));
        Assert.Equal((edition.Hash, fixture.Ben, false), (approval.Hash, approval.UserId, approval.ByAuthor));
        Assert.Equal(("Longest pier opens", "news@harbor.example", 1), (edition.Subject, edition.FromEmail, edition.Revision));
        Assert.Contains("{{", edition.Html); // the personal holes stay open
        Assert.Contains("1 Quay Street", edition.PostalAddress);
        Assert.Equal(64, edition.Hash.Length);
        Assert.Contains("issue.approved", await db.AuditEntries.Select(a => a.Action).ToListAsync(Ct));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_author_may_not_approve_alone_unless_the_publication_says_so(DatabaseEngine engine)
    {
        await using var two = await DeskFixture.CreateAsync(engine);
        var refused = Assert.IsType<DeskResult.Refused>(await two.ApproveAsync(await two.NewIssueAsync(), two.Ada));
        Assert.Equal("second-person", Assert.Single(refused.Problems).Code);

        await using var one = await DeskFixture.CreateAsync(engine, onePersonMayApprove: true);
        var issue = await one.NewIssueAsync();
        Assert.IsType<DeskResult.Done>(await one.ApproveAsync(issue, one.Ada));
        Assert.True(Assert.Single(await one.Approvals.HistoryAsync(issue.Id, Ct)).ByAuthor);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_later_edit_voids_the_approval_and_leaves_it_as_history(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var issue = await fixture.NewIssueAsync();
        await fixture.ApproveAsync(issue, fixture.Ben);

        var done = Assert.IsType<DeskResult.Done>(await fixture.Desk.SaveAsync(issue.Id, 1, issue.Content with { Subject = "Other" }, "edited", fixture.Ada, Ct));

        Assert.True(done.ApprovalVoided);
        Assert.Equal(IssueState.Draft, (await fixture.GetAsync(issue.Id)).State);
        Assert.Single(await fixture.Approvals.HistoryAsync(issue.Id, Ct));
        await using var db = fixture.Open();
        Assert.Single(await db.Editions.ToListAsync(Ct));
        Assert.Contains("issue.approval_voided", await db.AuditEntries.Select(a => a.Action).ToListAsync(Ct));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_correction_leaves_the_approval(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var issue = await fixture.NewIssueAsync();
        await fixture.ApproveAsync(issue, fixture.Ben);

        var erratum = new Erratum { At = fixture.Clock.Instant(), Text = "The pier is longer." };
        var done = Assert.IsType<DeskResult.Done>(await fixture.Desk.SaveAsync(issue.Id, 1, issue.Content with { Errata = [erratum] }, "corrected", fixture.Ada, Ct));

        Assert.False(done.ApprovalVoided);
        Assert.Equal(IssueState.Approved, (await fixture.GetAsync(issue.Id)).State);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_was_not_seen_is_not_approved(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var issue = await fixture.NewIssueAsync();
        var seen = (await fixture.Editions.MakeAsync(fixture.Publication, issue, Ct)).Edition!.Hash;

        fixture.Publication.Document = fixture.Publication.Document with { Tagline = "Changed meanwhile" };
        var changed = Assert.IsType<DeskResult.Refused>(await fixture.Approvals.ApproveAsync(fixture.Publication, issue.Id, 1, seen, null, fixture.Ben, Ct));
        Assert.Equal("changed", Assert.Single(changed.Problems).Code);

        await fixture.Desk.SaveAsync(issue.Id, 1, issue.Content with { Subject = "Other" }, "edited", fixture.Ada, Ct);
        Assert.IsType<DeskResult.Stale>(await fixture.Approvals.ApproveAsync(fixture.Publication, issue.Id, 1, seen, null, fixture.Ben, Ct));
        Assert.Equal(IssueState.Draft, (await fixture.GetAsync(issue.Id)).State);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task An_issue_with_errors_is_refused_with_each_of_them(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var issue = await fixture.NewIssueAsync(A.Issue(A.Stories()) with { Subject = null });

        var refused = Assert.IsType<DeskResult.Refused>(await fixture.ApproveAsync(issue, fixture.Ben));

        Assert.True(refused.Problems.Count >= 2);
        Assert.All(refused.Problems, p => Assert.Equal(Severity.Error, p.Severity));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_picture_that_is_not_stored_forbids_approval(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var missing = new IssueImage { Src = $"/m/{new string('a', 64)}.png", Alt = "A pier", Credit = "Ada" };
        var issue = await fixture.NewIssueAsync(A.Issue() with { Image = missing });

        var refused = Assert.IsType<DeskResult.Refused>(await fixture.ApproveAsync(issue, fixture.Ben));

        Assert.Contains(refused.Problems, p => p.Code == "picture-not-stored");
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task An_approval_can_be_taken_back_and_an_approved_issue_not_approved_again(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var issue = await fixture.NewIssueAsync();
        await fixture.ApproveAsync(issue, fixture.Ben);

        Assert.IsType<DeskResult.Refused>(await fixture.ApproveAsync(issue, fixture.Ben));
        Assert.IsType<DeskResult.Done>(await fixture.Desk.WithdrawAsync(issue.Id, 1, fixture.Ben, Ct));
        Assert.Equal(IssueState.Draft, (await fixture.GetAsync(issue.Id)).State);
        Assert.IsType<DeskResult.Done>(await fixture.ApproveAsync(issue, fixture.Ben));
    }

    [Fact]
    public void The_hash_changes_with_every_part_every_picture_and_every_file()
    {
        Edition Made() => new()
        {
            Subject = "s", Preheader = "p", Html = "h", Text = "t", FromName = "n", FromEmail = "e", ReplyTo = "r", PostalAddress = "a", ThemeName = "c", ThemeHash = "v",
        };
        Action<Edition>[] changes =
        [
            e => e.Subject = "S", e => e.Preheader = "P", e => e.Html = "H", e => e.Text = "T", e => e.FromName = "N", e => e.FromEmail = "E", e => e.ReplyTo = null,
            e => e.PostalAddress = "A", e => e.ThemeName = "C", e => e.ThemeHash = "V", e => e.Links = "[1]", e => e.Lang = "de",
            e => (e.Subject, e.Preheader) = ("sp", ""),
            e => e.Files.Add(File()), e => e.Files.Add(File(f => f.Name = "b")), e => e.Files.Add(File(f => f.MediaType = "image/png")), e => e.Files.Add(File(f => f.Inline = true)),
            e => e.Files.Add(File(f => f.Bytes = [2])), e => { e.Files.Add(File()); e.Files.Add(File(f => f.Position = 1)); },
        ];
        EditionFile File(Action<EditionFile>? with = null)
        {
            var file = new EditionFile { Name = "a", MediaType = "application/pdf", Bytes = [1] };
            with?.Invoke(file);
            return file;
        }
        var hashes = changes.Select(change => { var edition = Made(); change(edition); return EditionHash.Of(edition, []); })
            .Append(EditionHash.Of(Made(), [])).Append(EditionHash.Of(Made(), ["1"])).Append(EditionHash.Of(Made(), ["2"])).ToList();

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        Assert.Equal(EditionHash.Of(Made(), ["1", "2"]), EditionHash.Of(Made(), ["2", "1"]));
    }
}
