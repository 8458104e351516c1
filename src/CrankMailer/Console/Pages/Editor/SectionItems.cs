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

    /// <summary>The first words of a text.</summary>
    public static string Short(string? text, int length = 60)
    {
        var line = (text ?? "").ReplaceLineEndings(" ").Trim();
        if (line.Length <= length) return line;
        var cut = line.LastIndexOf(' ', length);
        return line[..(cut > length / 2 ? cut : length)] + "…";
    }
}
