using CrankMailer.Authoring.Ids;
using CrankMailer.Model;

namespace CrankMailer.Authoring.Checks;

/// <summary>Anchors, comments and click figures hang on the ids, so none may stand twice.</summary>
internal sealed class IdCheck : IssueCheck
{
    public override IEnumerable<Problem> Run(CheckInput input) =>
        IssueItem.All(input.Issue).Where(i => i.Id is not null).GroupBy(i => i.Id).Where(g => g.Count() > 1)
            .Select(g => Error("duplicate-id", g.Last().Path, $"The id {g.Key} stands twice (also at {g.First().Path}): take the one out that was copied; a new one is made."));
}
