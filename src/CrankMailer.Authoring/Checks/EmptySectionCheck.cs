using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Checks;

internal sealed class EmptySectionCheck : IssueCheck
{
    public override IEnumerable<Problem> Run(CheckInput input)
    {
        var sections = input.Issue.Sections;
        if (sections.Count == 0) yield return Error("empty-issue", "sections", "The issue has no section: add one.");
        for (var i = 0; i < sections.Count; i++)
        {
            if (IsEmpty(sections[i]))
                yield return Error("empty-section", $"sections[{i}]", $"The section {Name(sections[i])} is empty: fill it or take it out.");
            foreach (var item in EmptyItems(sections[i]))
                yield return Error("empty-item", $"sections[{i}].{item}", $"An item of the section {Name(sections[i])} has no text: fill it or take it out.");
        }
    }

    private static bool IsEmpty(Section section) => section switch
    {
        StoriesSection s => s.Stories.Count == 0,
        BriefsSection s => s.Items.Count == 0,
        ReadingsSection s => s.Items.Count == 0,
        EventsSection s => s.Items.Count == 0,
        ProseSection s => string.IsNullOrWhiteSpace(s.Body),
        PictureSection s => s.Image is null,
        ButtonSection s => string.IsNullOrWhiteSpace(s.Label),
        _ => false,
    };

    private static IEnumerable<string> EmptyItems(Section section) => section switch
    {
        StoriesSection s => Empty("stories", s.Stories, story => string.IsNullOrWhiteSpace(story.Headline) || string.IsNullOrWhiteSpace(story.Body)),
        BriefsSection s => Empty("items", s.Items, brief => string.IsNullOrWhiteSpace(brief.Text)),
        ReadingsSection s => Empty("items", s.Items, reading => string.IsNullOrWhiteSpace(reading.Title)),
        EventsSection s => Empty("items", s.Items, item => string.IsNullOrWhiteSpace(item.Title)),
        _ => [],
    };

    private static IEnumerable<string> Empty<T>(string list, IReadOnlyList<T> items, Func<T, bool> isEmpty) =>
        items.Select((item, i) => (item, i)).Where(p => isEmpty(p.item)).Select(p => $"{list}[{p.i}]");

    private static string Name(Section section) => section.Heading is { } heading ? $"“{heading}”" : $"without heading ({section.Kind})";
}
