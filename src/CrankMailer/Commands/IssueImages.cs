using CrankMailer.Model.Documents;

namespace CrankMailer.Commands;

/// <summary>Every picture an issue names, wherever it stands.</summary>
internal static class IssueImages
{
    /// <summary>The issue with each picture replaced by what <paramref name="change"/> makes of it.</summary>
    public static async Task<Issue> MapAsync(Issue issue, Func<IssueImage, Task<IssueImage>> change)
    {
        var sections = new List<Section>();
        foreach (var section in issue.Sections) sections.Add(await MapAsync(section, change));
        return issue with { Image = issue.Image is { } image ? await change(image) : null, Sections = sections };
    }

    /// <summary>The file a picture names, where it is one beside the issue file and not an address.</summary>
    public static string? FileOf(string? src, string folder) =>
        src is { Length: > 0 } && !src.Contains("://", StringComparison.Ordinal) && !src.StartsWith('/') && File.Exists(Path.Combine(folder, src)) ? Path.Combine(folder, src) : null;

    private static async Task<Section> MapAsync(Section section, Func<IssueImage, Task<IssueImage>> change)
    {
        switch (section)
        {
            case PictureSection { Image: { } image } picture:
                return picture with { Image = await change(image) };
            case StoriesSection stories:
                var changed = new List<Story>();
                foreach (var story in stories.Stories) changed.Add(story.Image is { } own ? story with { Image = await change(own) } : story);
                return stories with { Stories = changed };
            default:
                return section;
        }
    }
}
