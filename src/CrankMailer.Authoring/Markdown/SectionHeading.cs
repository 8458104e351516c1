using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Markdown;

/// <summary><c>## Heading {.kind #id}</c>. Sections without room for a lead and a tail in their text carry them here.</summary>
internal sealed record SectionHeading(string? Heading, AttributeBlock Attributes)
{
    private const string HeadingKey = "heading";
    private static readonly string[] Kinds = ["stories", "briefs", "readings", "events", "prose", "picture", "button"];

    public string? Kind => Attributes.Kind ?? Attributes.Text("kind");

    public string? Id => Attributes.Id ?? Attributes.Text("id");

    public static bool IsKnown(string kind) => Kinds.Contains(kind);

    public static SectionHeading Read(string line)
    {
        var attributes = AttributeReader.Split(line, withKind: true, out var rest);
        return new SectionHeading(attributes.Text(HeadingKey) ?? InlineText.Line(InlineText.ReadHeading(rest)), attributes);
    }

    /// <summary>What stands after <c>## </c>.</summary>
    public static string Write(Section section)
    {
        var line = Natural(section, inText: true);
        return Read(line).Heading == section.Heading && Read(line).Attributes.Kind == (IsKnown(section.Kind) ? section.Kind : Read(line).Attributes.Kind)
            ? line : Natural(section, inText: false);
    }

    /// <summary>True where lead and tail have a place of their own in the section's text.</summary>
    public static bool HasPlaceForLead(Section section) => section is StoriesSection or BriefsSection or ReadingsSection or EventsSection;

    private static string Natural(Section section, bool inText)
    {
        var attributes = new AttributeWriter().Kind(section.Kind).Id(section.Id);
        if (!inText) attributes.Add(HeadingKey, section.Heading);
        if (!HasPlaceForLead(section)) attributes.Add("lead", section.Lead).Add("tail", section.Tail);
        var unknown = section is UnknownSection ? section.Unknown?.Where(u => !UnknownMarkdown.Is(u)) : section.Unknown;
        attributes.Unknown(unknown, HeadingKey, "lead", "tail");
        return ItemText.Append(inText ? InlineText.WriteHeading(section.Heading ?? "") : "", attributes, withKind: true);
    }
}
