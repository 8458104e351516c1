using System.Text.Json;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Workflow;

/// <summary>How far two versions of an issue differ.</summary>
internal enum Difference { None, Errata, Content }

internal static class ContentChange
{
    public const Difference None = Difference.None;
    public const Difference Content = Difference.Content;

    /// <summary>Errata are kept beside the approved content (design §6): a change of them alone is none of the content.</summary>
    public static Difference Between(Issue before, Issue after)
    {
        if (Text(before) == Text(after)) return Difference.None;
        return Text(before with { Errata = [] }) == Text(after with { Errata = [] }) ? Difference.Errata : Difference.Content;
    }

    private static string Text(Issue issue) => JsonSerializer.Serialize(issue, IssueJson.Compact);
}
