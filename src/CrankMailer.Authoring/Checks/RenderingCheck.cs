using CrankMailer.Model;

namespace CrankMailer.Authoring.Checks;

/// <summary>Passes on what rendering complained of.</summary>
internal sealed class RenderingCheck : IssueCheck
{
    public override IEnumerable<Problem> Run(CheckInput input) => input.Rendered?.Problems ?? [];
}
