using CrankMailer.Authoring.Workflow;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Authoring.Workflow;

public sealed class IssueDeskTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Every_save_is_a_revision_that_can_be_read_and_restored(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var first = await fixture.NewIssueAsync();
        await fixture.Desk.SaveAsync(first.Id, 1, first.Content with { Subject = "Shortest pier closes" }, "edited", fixture.Ben, Ct);

        Assert.Equal("Longest pier opens", (await fixture.Desk.FindAsync(first.Id, Ct, 1))?.Content.Subject);
        Assert.IsType<DeskResult.Done>(await fixture.Desk.RestoreAsync(first.Id, 1, 2, fixture.Ada, Ct));

        var newest = await fixture.GetAsync(first.Id);
        Assert.Equal((3, "Longest pier opens", "restored revision 1"), (newest.Revision, newest.Content.Subject, newest.Reason));
        var history = await fixture.Desk.HistoryAsync(first.Id, null, 10, Ct);
        Assert.Equal([(3, "ada"), (2, "ben"), (1, "ada")], history.Select(r => (r.Number, r.Author ?? "")));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_stale_save_changes_nothing_and_shows_the_newer_version(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var first = await fixture.NewIssueAsync();
        await fixture.Desk.SaveAsync(first.Id, 1, first.Content with { Subject = "Ada's" }, "edited", fixture.Ada, Ct);

        var stale = Assert.IsType<DeskResult.Stale>(await fixture.Desk.SaveAsync(first.Id, 1, first.Content with { Subject = "Ben's" }, "edited", fixture.Ben, Ct));

        Assert.Equal(("Ada's", "ada", 2), (stale.Theirs.Content.Subject, stale.Theirs.Author, stale.Theirs.Revision));
        Assert.Equal("Ada's", (await fixture.GetAsync(first.Id)).Content.Subject);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Of_two_saves_at_the_same_moment_one_is_stale(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var issue = await fixture.NewIssueAsync();
        await using var other = fixture.Open();
        var rival = await other.Issues.SingleAsync(Ct); // read before, written after
        await fixture.Desk.SaveAsync(issue.Id, 1, issue.Content with { Subject = "First" }, "edited", fixture.Ada, Ct);

        rival.Revision++;
        other.Add(new IssueRevision { IssueId = issue.Id, Number = 2, Content = issue.Content, At = fixture.Clock.Instant() });

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => other.SaveChangesAsync(Ct));
        Assert.Equal("First", (await fixture.GetAsync(issue.Id)).Content.Subject);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_save_without_a_change_makes_no_revision_and_items_keep_their_ids(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var issue = await fixture.NewIssueAsync();
        var id = Assert.IsType<StoriesSection>(issue.Content.Sections[0]).Stories[0].Id;
        Assert.False(string.IsNullOrEmpty(id));

        Assert.Equal(new DeskResult.Done(issue.Id, 1), await fixture.Desk.SaveAsync(issue.Id, 1, issue.Content, "edited", fixture.Ada, Ct));
        await fixture.Desk.SaveAsync(issue.Id, 1, issue.Content with { Sections = [A.Stories(A.Story("Pier opens", "It is longer."))] }, "edited", fixture.Ada, Ct);

        Assert.Equal(id, Assert.IsType<StoriesSection>((await fixture.GetAsync(issue.Id)).Content.Sections[0]).Stories[0].Id);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_slug_is_taken_once_and_a_period_twice(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var first = await fixture.NewIssueAsync();
        var second = await fixture.NewIssueAsync();
        Assert.Equal(("2031-06", "2031-06-2"), (first.Slug, second.Slug));

        var refused = Assert.IsType<DeskResult.Refused>(await fixture.Desk.CreateAsync(fixture.Publication, A.Issue() with { Slug = "2031-06" }, "new", null, Ct));
        Assert.Equal("slug", Assert.Single(refused.Problems).Item);
        refused = Assert.IsType<DeskResult.Refused>(await fixture.Desk.SaveAsync(first.Id, 1, first.Content with { Slug = "Not / a slug" }, "edited", null, Ct));
        Assert.Equal("slug", Assert.Single(refused.Problems).Item);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_list_goes_on_from_where_a_page_ended(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        for (var i = 0; i < 5; i++) await fixture.NewIssueAsync();

        var seen = new List<int>();
        for (IssueKey? after = null; ;)
        {
            var page = await fixture.Desk.ListAsync(fixture.Publication.Id, after, 2, Ct);
            if (page.Count == 0) break;
            seen.AddRange(page.Select(l => l.Id));
            after = IssueKey.Find(IssueKey.Of(page[^1]).ToString());
        }

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_published_issue_takes_corrections_but_no_other_text(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        var issue = await fixture.NewIssueAsync();
        await using (var db = fixture.Open()) await db.Issues.ExecuteUpdateAsync(s => s.SetProperty(i => i.State, IssueState.Published), Ct);

        Assert.IsType<DeskResult.Refused>(await fixture.Desk.SaveAsync(issue.Id, 1, issue.Content with { Subject = "Other" }, "edited", fixture.Ada, Ct));
        var erratum = new Erratum { At = fixture.Clock.Instant(), Text = "The pier is longer." };
        Assert.IsType<DeskResult.Done>(await fixture.Desk.SaveAsync(issue.Id, 1, issue.Content with { Errata = [erratum] }, "corrected", fixture.Ada, Ct));
        Assert.Equal(IssueState.Published, (await fixture.GetAsync(issue.Id)).State);
    }

    [Fact]
    public void A_new_issue_has_the_publications_sections_with_the_periods_words()
    {
        var publication = A.Publication() with
        {
            Intro = "Every month.", Title = "{name} | {month} {year}", Masthead = [new MastheadEntry { Role = "Editor", Name = "Ada" }],
            Skeleton = [new SkeletonSection { Kind = "stories", Heading = "{month} {year} Highlights" }, new SkeletonSection { Kind = "briefs" }],
        };

        var issue = IssueSkeleton.For(publication, "2031-06", 7);

        Assert.Equal(("Harbor Brief | June 2031", "Every month.", 7), (issue.Title, issue.Intro, issue.Number));
        Assert.Equal(["June 2031 Highlights", null], issue.Sections.Select(s => s.Heading));
        Assert.IsType<BriefsSection>(issue.Sections[1]);
        Assert.Single(issue.Masthead);
    }
}
