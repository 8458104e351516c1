using CrankMailer.Model;

namespace CrankMailer.Authoring.Checks;

/// <summary>One thing to look at before sending. A new check is a new class, named in the list of <see cref="IssueChecks"/>.</summary>
internal abstract class IssueCheck
{
    public abstract IEnumerable<Problem> Run(CheckInput input);

    protected static Problem Error(string code, string item, string text) => new(Severity.Error, code, text, Item: item);

    protected static Problem Warning(string code, string item, string text) => new(Severity.Warning, code, text, Item: item);
}
