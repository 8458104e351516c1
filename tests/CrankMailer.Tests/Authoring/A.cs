using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Authoring;

/// <summary>Documents with good defaults: nothing stands in the way of sending them.</summary>
internal static class A
{
    public static Publication Publication() => new()
    {
        Slug = "harbor-brief", Name = "Harbor Brief", Why = "You signed up on harbor.example.", PublicUrl = "https://news.harbor.example",
        Sender = new Sender { Name = "Harbor Brief", Email = "news@harbor.example" },
        Organisation = new Organisation { Name = "Harbor Society", PostalAddress = ["1 Quay Street", "Ostrava-on-Sea 10200"] },
    };

    public static Issue Issue(params Section[] sections) => new()
    {
        Title = "Harbor Brief | June 2031", Period = "2031-06", Subject = "Longest pier opens", Preheader = "And the ducks are back",
        Sections = sections.Length > 0 ? sections : [Stories(Story("Pier opens", "It is long."))],
    };

    public static StoriesSection Stories(params Story[] stories) => new() { Heading = "Highlights", Stories = stories };

    public static Story Story(string headline, string body, string? id = null) => new() { Id = id, Headline = headline, Body = body };

    public static BriefsSection Briefs(params Brief[] briefs) => new() { Heading = "Links", Items = briefs };

    public static Brief Brief(string text, string? id = null, string? url = "https://gazette.example/1") => new() { Id = id, Text = text, Sources = [new Source { Name = "Quay Gazette", Url = url }] };
}
