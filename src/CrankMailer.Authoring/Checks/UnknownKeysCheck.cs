using System.Text.Json;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Checks;

/// <summary>What this version does not know is kept through every reading and writing, and printed nowhere: that is worth a word.</summary>
internal sealed class UnknownKeysCheck : IssueCheck
{
    public override IEnumerable<Problem> Run(CheckInput input)
    {
        var issue = input.Issue;
        var found = Keys(issue.Unknown, "").Concat(Keys(issue.Image?.Unknown, "image."))
            .Concat(issue.Masthead.SelectMany((m, i) => Keys(m.Unknown, $"masthead[{i}].")))
            .Concat(issue.Errata.SelectMany((e, i) => Keys(e.Unknown, $"errata[{i}].")))
            .Concat(issue.Sections.SelectMany((s, i) => s is UnknownSection ? [] : Keys(s.Unknown, $"sections[{i}].").Concat(OfItems(s, $"sections[{i}]"))));
        foreach (var path in found) yield return Warning("unknown-key", path, "This key is not known; it is kept, and does nothing.");
        for (var i = 0; i < issue.Sections.Count; i++)
            if (issue.Sections[i] is UnknownSection unknown)
                yield return Warning("unknown-kind", $"sections[{i}].kind", $"The kind “{unknown.Kind}” is not known; the section is kept, and not printed.");
    }

    private static IEnumerable<string> OfItems(Section section, string path) => section switch
    {
        StoriesSection s => s.Stories.SelectMany((x, i) => Keys(x.Unknown, $"{path}.stories[{i}].").Concat(Keys(x.Image?.Unknown, $"{path}.stories[{i}].image."))),
        BriefsSection s => s.Items.SelectMany((x, i) => Keys(x.Unknown, $"{path}.items[{i}].").Concat(x.Sources.SelectMany((y, n) => Keys(y.Unknown, $"{path}.items[{i}].sources[{n}].")))),
        ReadingsSection s => s.Items.SelectMany((x, i) => Keys(x.Unknown, $"{path}.items[{i}].")),
        EventsSection s => s.Items.SelectMany((x, i) => Keys(x.Unknown, $"{path}.items[{i}].")),
        PictureSection s => Keys(s.Image?.Unknown, $"{path}.image."),
        _ => [],
    };

    private static IEnumerable<string> Keys(IDictionary<string, JsonElement>? unknown, string path) => (unknown?.Keys ?? Enumerable.Empty<string>()).Select(k => path + k);
}
