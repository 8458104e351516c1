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
            foreach (var (list, item, field, what) in EmptyFields(sections[i]))
                yield return Error("empty-item", $"sections[{i}].{list}[{item}].{field}", $"{Capital(what)} {item + 1} of the section {Name(sections[i])} has no {Words(field)}: write it, or take the {what} out.");
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

    private static IEnumerable<(string List, int Item, string Field, string What)> EmptyFields(Section section) => section switch
    {
        StoriesSection s => Empty("stories", "headline", "story", s.Stories.Select(story => story.Headline))
            .Concat(Empty("stories", "body", "story", s.Stories.Select(story => story.Body))).OrderBy(f => f.Item),
        BriefsSection s => Empty("items", "text", "brief", s.Items.Select(brief => brief.Text)),
        ReadingsSection s => Empty("items", "title", "reading", s.Items.Select(reading => reading.Title)),
        EventsSection s => Empty("items", "title", "event", s.Items.Select(item => item.Title)),
        _ => [],
    };

    private static IEnumerable<(string List, int Item, string Field, string What)> Empty(string list, string field, string what, IEnumerable<string> texts) =>
        texts.Select((text, i) => (text, i)).Where(p => string.IsNullOrWhiteSpace(p.text)).Select(p => (list, p.i, field, what));

    private static string Words(string field) => field == "body" ? "text" : field;

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string Name(Section section) => section.Heading is { } heading ? $"“{heading}”" : $"without heading ({section.Kind})";
}
