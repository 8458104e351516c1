using System.Globalization;
using System.Text.RegularExpressions;
using CrankMailer.Authoring.Workflow;
using CrankMailer.Model.Documents;

namespace CrankMailer.Console.Pages.Editor.Forms;

/// <summary>What a button of the write screen does to the issue besides saving it: <c>up sections[1].items[3]</c>, <c>add-item sections[0]</c>, <c>add-section prose</c>.</summary>
internal static partial class IssueMove
{
    /// <returns>The changed issue and the place to look at next; the same issue where the button is only "save", or names nothing.</returns>
    /// <param name="order">Paths in the order the form held them; a path names a place of the shape, not of the read issue.</param>
    public static (Issue Issue, string? Place) Apply(Issue issue, string? deed, IReadOnlyList<string> order)
    {
        if (deed?.Split(' ', 2) is not [var verb, var target]) return (issue, null);
        if (verb == "add-section")
            return (issue with { Sections = [.. issue.Sections, NewSection.Of(target, null)] }, Section(issue.Sections.Count));
        if (Find(target, order) is not { } at || at.Section >= issue.Sections.Count) return (issue, null);
        if (at.Item is { } item) return Items(issue, at.Section, verb, item);
        return verb == "add-item" ? AddItem(issue, at.Section) : Sections(issue, at.Section, verb);
    }

    private static (Issue, string?) Sections(Issue issue, int index, string verb) =>
        Change(issue.Sections, verb, index) is var (sections, place) ? (issue with { Sections = sections }, place is { } p ? Section(p) : null) : (issue, null);

    private static (Issue, string?) Items(Issue issue, int index, string verb, int item)
    {
        var (section, place) = issue.Sections[index] switch
        {
            StoriesSection s when Change(s.Stories, verb, item) is var (list, p) => (s with { Stories = list }, $"{Section(index)}.stories[{p}]"),
            BriefsSection s when Change(s.Items, verb, item) is var (list, p) => (s with { Items = list }, $"{Section(index)}.items[{p}]"),
            ReadingsSection s when Change(s.Items, verb, item) is var (list, p) => (s with { Items = list }, $"{Section(index)}.items[{p}]"),
            EventsSection s when Change(s.Items, verb, item) is var (list, p) => (s with { Items = list }, $"{Section(index)}.items[{p}]"),
            var other => ((Section)other, Section(index)),
        };
        return (Replace(issue, index, section), place.EndsWith("[]", StringComparison.Ordinal) ? Section(index) : place);
    }

    private static (Issue, string?) AddItem(Issue issue, int index)
    {
        var (section, place) = issue.Sections[index] switch
        {
            StoriesSection s => (s with { Stories = [.. s.Stories, new Story()] }, $"stories[{s.Stories.Count}]"),
            BriefsSection s => (s with { Items = [.. s.Items, new Brief()] }, $"items[{s.Items.Count}]"),
            ReadingsSection s => (s with { Items = [.. s.Items, new Reading()] }, $"items[{s.Items.Count}]"),
            EventsSection s => (s with { Items = [.. s.Items, new IssueEvent()] }, $"items[{s.Items.Count}]"),
            var other => ((Section)other, ""),
        };
        return (Replace(issue, index, section), $"{Section(index)}.{place}");
    }

    /// <summary>The changed list and where the thing is now; null where it is gone.</summary>
    private static (IReadOnlyList<T> List, int? Place) Change<T>(IReadOnlyList<T> list, string verb, int index)
    {
        if (index >= list.Count) return (list, null);
        var changed = list.ToList();
        var thing = changed[index];
        changed.RemoveAt(index);
        if (verb == "remove") return (changed, null);
        var place = Math.Clamp(index + (verb == "up" ? -1 : verb == "down" ? 1 : 0), 0, changed.Count);
        changed.Insert(place, thing);
        return (changed, place);
    }

    private static Issue Replace(Issue issue, int index, Section section) => issue with { Sections = [.. issue.Sections.Select((s, i) => i == index ? section : s)] };

    private static string Section(int index) => string.Create(CultureInfo.InvariantCulture, $"sections[{index}]");

    // The form may hold things in another order than the shape it was made from, so a path is looked up among its likes.
    private static (int Section, int? Item)? Find(string target, IReadOnlyList<string> order)
    {
        if (Path().Match(target) is not { Success: true } match) return null;
        var own = match.Groups["section"].Value;
        var section = order.Where(o => SectionOnly().IsMatch(o)).ToList().IndexOf(own);
        if (section < 0) return null;
        if (!match.Groups["list"].Success) return (section, null);
        var list = own + match.Groups["list"].Value;
        var item = order.Where(o => o.StartsWith(list + "[", StringComparison.Ordinal)).ToList().IndexOf(target);
        return item < 0 ? null : (section, item);
    }

    [GeneratedRegex(@"^(?<section>sections\[\d+\])(?:(?<list>\.(?:items|stories))\[\d+\])?$")]
    private static partial Regex Path();

    [GeneratedRegex(@"^sections\[\d+\]$")]
    private static partial Regex SectionOnly();
}
