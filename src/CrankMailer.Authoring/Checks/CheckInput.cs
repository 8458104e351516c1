using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Checks;

/// <param name="Rendered">Null while the issue has not been rendered: what needs the output is then not checked.</param>
internal sealed record CheckInput(Issue Issue, Publication Publication, RenderedFacts? Rendered)
{
    /// <summary>All Markdown of the issue, each text with its path.</summary>
    public IReadOnlyList<IssueField> Fields { get; } = IssueField.All(Issue);
}
