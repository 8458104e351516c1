using CrankMailer.Authoring.Ids;
using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Authoring;

public sealed class IssueIdsTests
{
    private static readonly Issue Last = A.Issue(
        A.Stories(A.Story("Pier opens", "x", "s001"), A.Story("Strike ends", "y", "s002") with { Url = "https://reach.example/strike" }) with { Id = "sec1" },
        A.Briefs(A.Brief("Ducks again.", "b001", "https://gazette.example/1"), A.Brief("Rope is dear.", "b002", "https://gazette.example/2")) with { Id = "sec2" });

    [Fact]
    public void Every_section_and_item_gets_an_id_of_its_own()
    {
        var issue = Assign(new AnyIssue(7).Make() with { Sections = Strip(Last).Sections }, null);
        var ids = Ids(issue);
        Assert.Equal(6, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-z][a-z0-9]{3,5}$", id));
    }

    [Fact]
    public void The_same_random_source_gives_the_same_ids() => Assert.Equal(Ids(Assign(Strip(Last), null)), Ids(Assign(Strip(Last), null)));

    [Fact]
    public void Missing_ids_come_from_the_last_revision() => Assert.Equal(Ids(Last), Ids(Assign(Strip(Last), Last)));

    [Fact]
    public void The_address_counts_before_the_text()
    {
        var newer = A.Issue(A.Briefs(A.Brief("Rope is dear.", url: "https://gazette.example/1"), A.Brief("Ducks again.", url: "https://gazette.example/2")));
        Assert.Equal(["b001", "b002"], Ids(Assign(newer, Last)).Skip(1));
    }

    [Fact]
    public void A_changed_heading_keeps_the_section_that_holds_the_same_items()
    {
        var newer = Strip(Last) with { Sections = [.. Strip(Last).Sections.Select(s => s with { Heading = "New " + s.Heading })] };
        Assert.Equal(Ids(Last), Ids(Assign(newer, Last)));
    }

    [Fact]
    public void An_id_that_is_there_stays_and_a_copied_one_is_made_anew()
    {
        var newer = A.Issue(A.Stories(A.Story("Something else", "z", "s001"), A.Story("Pier opens", "x", "s001")));
        var ids = Ids(Assign(newer, Last));
        Assert.Equal("s001", ids[1]);
        Assert.DoesNotContain(ids[2], Ids(Last));
    }

    [Fact]
    public void The_difference_names_what_was_added_removed_changed_and_moved()
    {
        var after = A.Issue(
            A.Briefs(A.Brief("Rope is dear.", "b002", "https://gazette.example/2"), A.Brief("Ducks again.", "b001", "https://gazette.example/1"), A.Brief("New.", "b003")) with { Id = "sec2" },
            A.Stories(A.Story("Pier opens", "now longer", "s001")) with { Id = "sec1" }) with { Subject = "Other" };
        var changes = IssueDiff.Between(Last, after);
        Assert.Equal(
            ["Changed  subject", "Moved sec1 ", "Moved b001 ", "Added b003 ", "Changed s001 body", "Removed s002 "],
            changes.Select(c => $"{c.GetType().Name} {c.Id} {(c as IssueChange.Changed)?.Fields.Single().Name}").OrderBy(c => Order(c)));
    }

    [Fact]
    public void An_item_in_another_section_is_moved_and_its_section_is_not_changed()
    {
        var sections = Last.Sections.Cast<Section>().ToList();
        var other = new BriefsSection { Id = "sec3", Items = [((BriefsSection)sections[1]).Items[1]] };
        var after = Last with { Sections = [sections[0], ((BriefsSection)sections[1]) with { Items = [((BriefsSection)sections[1]).Items[0]] }, other] };
        Assert.Equal(["Added sec3", "Moved b002"], IssueDiff.Between(Last, after).Select(c => $"{c.GetType().Name} {c.Id}"));
    }

    [Fact]
    public void An_issue_does_not_differ_from_itself()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var issue = Assign(new AnyIssue(seed).Make(), null);
            Assert.Empty(IssueDiff.Between(issue, issue));
        }
    }

    private static int Order(string change) => Array.FindIndex(["Changed  s", "Moved sec1", "Moved b", "Added", "Changed s001", "Removed"], p => change.StartsWith(p, StringComparison.Ordinal));

    private static Issue Assign(Issue issue, Issue? last) => IssueIds.Assign(issue, last, new Random(1));

    private static List<string> Ids(Issue issue) => [.. IssueItem.All(issue).Select(i => i.Id ?? "none")];

    private static Issue Strip(Issue issue) => issue with
    {
        Sections = [.. issue.Sections.Select(s => s switch
        {
            StoriesSection stories => stories with { Id = null, Stories = [.. stories.Stories.Select(x => x with { Id = null })] },
            BriefsSection briefs => (Section)(briefs with { Id = null, Items = [.. briefs.Items.Select(x => x with { Id = null })] }),
            _ => s,
        })],
    };
}
