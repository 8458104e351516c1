using CrankMailer.Authoring.Workflow.Pictures;
using CrankMailer.Console.Shared;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Console.Pages.Editor.Forms;

/// <summary>Files chosen in the write screen: stored, and named by the image field they stand beside (<c>image.file</c> beside <c>image.src</c>).</summary>
internal sealed class PictureFields(PictureStore pictures)
{
    private const string Ending = ".file";

    public async Task<(Issue Issue, IReadOnlyList<Problem> Problems)> StoreAsync(Issue issue, Posted form, CancellationToken ct)
    {
        var problems = new List<Problem>();
        foreach (var file in form.Files.Where(f => f.Length > 0 && f.Name.EndsWith(Ending, StringComparison.Ordinal)))
        {
            var place = file.Name[..^Ending.Length];
            var (stored, problem) = await pictures.SaveAsync(await ReadAsync(file, ct), ct);
            if (problem is not null) problems.Add(problem with { Item = $"{place}.src" });
            if (stored is not null) issue = WithSource(issue, place, stored.Src, form.All("order"));
        }
        return (issue, problems);
    }

    public static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await using var stream = file.OpenReadStream();
        await stream.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    // The issue's lists follow the form's order, which need not be the order of the numbers in the names.
    private static Issue WithSource(Issue issue, string place, string src, IReadOnlyList<string> order)
    {
        if (place == "image") return issue with { Image = (issue.Image ?? new IssueImage()) with { Src = src } };
        var sectionPaths = order.Where(o => o.Count(c => c == '[') == 1).ToList();
        var index = sectionPaths.FindIndex(p => place.StartsWith(p + ".", StringComparison.Ordinal));
        if (index < 0 || index >= issue.Sections.Count) return issue;
        var changed = issue.Sections[index] switch
        {
            PictureSection picture => picture with { Image = (picture.Image ?? new IssueImage()) with { Src = src } },
            StoriesSection stories => stories with { Stories = WithSource(stories.Stories, place, src, [.. order.Where(o => o.StartsWith(sectionPaths[index] + ".stories[", StringComparison.Ordinal))]) },
            var other => other,
        };
        return issue with { Sections = [.. issue.Sections.Select((s, i) => i == index ? changed : s)] };
    }

    private static IReadOnlyList<Story> WithSource(IReadOnlyList<Story> stories, string place, string src, List<string> paths)
    {
        var index = paths.FindIndex(p => place.StartsWith(p + ".", StringComparison.Ordinal));
        return [.. stories.Select((s, i) => i == index ? s with { Image = (s.Image ?? new IssueImage()) with { Src = src } } : s)];
    }
}
