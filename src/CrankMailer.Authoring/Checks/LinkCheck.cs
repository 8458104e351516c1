using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Checks;

/// <summary>A link in a text must lead somewhere; a cited source or a reading without address is printed as plain text and only warned of.</summary>
internal sealed class LinkCheck : IssueCheck
{
    public override IEnumerable<Problem> Run(CheckInput input)
    {
        foreach (var field in input.Fields.Where(f => f.Kind != FieldKind.Plain))
            foreach (var link in MarkdownLink.In(field.Text).Where(l => string.IsNullOrWhiteSpace(l.Url)))
                yield return Error("empty-link", field.Path, link.IsImage ? "A picture in the text names no file: write it between the parentheses." : $"The link “{link.Text}” leads nowhere: write its address between the parentheses, or take the brackets away.");
        for (var i = 0; i < input.Issue.Sections.Count; i++)
            foreach (var problem in OfSection(input.Issue.Sections[i], $"sections[{i}]")) yield return problem;
    }

    private static IEnumerable<Problem> OfSection(Section section, string path)
    {
        if (section is ButtonSection { Url: null or "" }) yield return Error("empty-link", $"{path}.url", "The button leads nowhere: write its address.");
        if (section is BriefsSection briefs)
            for (var i = 0; i < briefs.Items.Count; i++)
                for (var s = 0; s < briefs.Items[i].Sources.Count; s++)
                    if (string.IsNullOrWhiteSpace(briefs.Items[i].Sources[s].Url))
                        yield return Warning("no-address", $"{path}.items[{i}].sources[{s}].url", $"The source “{briefs.Items[i].Sources[s].Name}” has no address and will be printed as plain text.");
        if (section is ReadingsSection readings)
            for (var i = 0; i < readings.Items.Count; i++)
                if (string.IsNullOrWhiteSpace(readings.Items[i].Url))
                    yield return Warning("no-address", $"{path}.items[{i}].url", $"“{readings.Items[i].Title}” has no address and will be printed as plain text.");
    }
}
