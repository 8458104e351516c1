using CrankMailer.Model.Documents;

namespace CrankMailer.Console.Pages.Editor;

/// <summary>What stands in a section, for outlines and counts.</summary>
internal static class SectionItems
{
    public static int? CountOf(Section section) => section switch
    {
        StoriesSection s => s.Stories.Count,
        BriefsSection s => s.Items.Count,
        ReadingsSection s => s.Items.Count,
        EventsSection s => s.Items.Count,
        _ => null,
    };

    /// <summary>A section's name in the outline: its heading, else what it is.</summary>
    public static string NameOf(Section section) => section.Heading ?? section switch
    {
        BriefsSection { Items: [var first, ..] } => Short(first.Text),
        ButtonSection { Label: { } label } => label,
        _ => Authoring.Workflow.NewSection.LabelOf(section.Kind),
    };

    /// <summary>Everything of an issue that has an id, with the words by which a person knows it, in the order of the document.</summary>
    public static IEnumerable<(string Id, string Text)> Named(Issue issue) => issue.Sections.SelectMany(ItemsOf).Where(i => i.Id is not null).Select(i => (i.Id ?? "", Short(i.Text, 80)));

    private static IEnumerable<(string? Id, string Text)> ItemsOf(Section section) => section switch
    {
        StoriesSection s => s.Stories.Select(x => (x.Id, x.Headline)),
        BriefsSection s => s.Items.Select(x => (x.Id, x.Text)),
        ReadingsSection s => s.Items.Select(x => (x.Id, x.Title)),
        EventsSection s => s.Items.Select(x => (x.Id, x.Title)),
        _ => [],
    };

    /// <summary>The first words of a text.</summary>
    public static string Short(string? text, int length = 60)
    {
        var line = (text ?? "").ReplaceLineEndings(" ").Trim();
        if (line.Length <= length) return line;
        var cut = line.LastIndexOf(' ', length);
        return line[..(cut > length / 2 ? cut : length)] + "…";
    }
}
