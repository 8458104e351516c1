using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Workflow;

/// <summary>Empty sections by kind.</summary>
public static class NewSection
{
    /// <summary>The kinds an editor can add, with the words for them.</summary>
    public static IReadOnlyList<(string Kind, string Label, string What)> Kinds { get; } =
    [
        ("stories", "Stories", "Headline, text and a picture each"),
        ("briefs", "Briefs", "One or two sentences with their sources"),
        ("readings", "Readings", "Titles to read elsewhere, with their bylines"),
        ("events", "Dates", "What happens when and where"),
        ("prose", "Text", "Free text"),
        ("picture", "Picture", "One picture with its caption"),
        ("button", "Button", "One link to press"),
    ];

    public static string LabelOf(string kind) => Kinds.FirstOrDefault(k => k.Kind == kind) is { Label: { } label } ? label : kind;

    public static Section Of(string kind, string? heading) => kind switch
    {
        "stories" => new StoriesSection { Heading = heading },
        "briefs" => new BriefsSection { Heading = heading },
        "readings" => new ReadingsSection { Heading = heading },
        "events" => new EventsSection { Heading = heading },
        "prose" => new ProseSection { Heading = heading },
        "picture" => new PictureSection { Heading = heading },
        "button" => new ButtonSection { Heading = heading },
        _ => new UnknownSection(kind) { Heading = heading },
    };
}
