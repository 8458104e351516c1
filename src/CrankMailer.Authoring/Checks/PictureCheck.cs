using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Checks;

internal sealed class PictureCheck : IssueCheck
{
    public override IEnumerable<Problem> Run(CheckInput input)
    {
        foreach (var (image, path) in Pictures(input.Issue))
        {
            if (string.IsNullOrWhiteSpace(image.Src))
            {
                yield return string.IsNullOrWhiteSpace(image.Credit)
                    ? Error("no-picture", $"{path}.src", "A picture is described, but there is none: add it, or clear its fields.")
                    : Error("credit-without-picture", $"{path}.src", $"There is a credit (“{image.Credit}”), but no picture: add the picture, or clear the credit.");
                continue;
            }
            if (string.IsNullOrWhiteSpace(image.Alt)) yield return Error("missing-alt", $"{path}.alt", "The picture has no description: write what it shows, for those who do not see it.");
            if (string.IsNullOrWhiteSpace(image.Credit)) yield return Error("missing-credit", $"{path}.credit", "The picture has no credit: write who made it and where it is from.");
        }
        foreach (var field in input.Fields.Where(f => f.Kind != FieldKind.Plain))
            foreach (var picture in MarkdownLink.In(field.Text).Where(l => l.IsImage && string.IsNullOrWhiteSpace(l.Text)))
                yield return Error("missing-alt", field.Path, $"The picture {picture.Url} in the text has no description: write it between the brackets.");
    }

    private static IEnumerable<(IssueImage Image, string Path)> Pictures(Issue issue)
    {
        if (issue.Image is { } hero) yield return (hero, "image");
        for (var i = 0; i < issue.Sections.Count; i++)
        {
            if (issue.Sections[i] is PictureSection { Image: { } picture }) yield return (picture, $"sections[{i}].image");
            if (issue.Sections[i] is not StoriesSection stories) continue;
            for (var s = 0; s < stories.Stories.Count; s++)
                if (stories.Stories[s].Image is { } image) yield return (image, $"sections[{i}].stories[{s}].image");
        }
    }
}
