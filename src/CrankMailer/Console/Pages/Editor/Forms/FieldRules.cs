using CrankMailer.Console.Shared;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Console.Pages.Editor.Forms;

/// <summary>What a draft may never hold. All else is for the checks: a draft may be unfinished.</summary>
internal static class FieldRules
{
    public static IReadOnlyList<Problem> Check(Issue issue)
    {
        var problems = new List<Problem>();
        if (issue.Period is { } period && Periods.Check(period) is { } wrong) problems.Add(wrong);
        if (issue.Title is { Length: > 300 }) problems.Add(FieldProblems.Wrong("title", "A title this long fits nowhere: 300 characters are the most."));
        if (issue.Subject is { Length: > 300 }) problems.Add(FieldProblems.Wrong("subject", "An inbox shows some 60 characters of a subject: 300 are the most."));
        return problems;
    }
}
