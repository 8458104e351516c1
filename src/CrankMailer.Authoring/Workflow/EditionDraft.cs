using CrankMailer.Model;
using CrankMailer.Model.Issues;
using CrankMailer.Rendering;

namespace CrankMailer.Authoring.Workflow;

/// <summary>What would be frozen if somebody approved now.</summary>
/// <param name="Edition">Not stored. Null where the theme cannot be used at all.</param>
/// <param name="Problems">An error among them forbids approval.</param>
/// <param name="Rendered">The same before freezing, for previews.</param>
public sealed record EditionDraft(Edition? Edition, RenderedIssue? Rendered, IReadOnlyList<Problem> Problems)
{
    public bool CanBeApproved => Edition is not null && Problems.All(p => p.Severity != Severity.Error);
}
