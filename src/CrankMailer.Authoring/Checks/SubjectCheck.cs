using CrankMailer.Model;

namespace CrankMailer.Authoring.Checks;

internal sealed class SubjectCheck : IssueCheck
{
    public override IEnumerable<Problem> Run(CheckInput input)
    {
        if (string.IsNullOrWhiteSpace(input.Issue.Subject)) yield return Error("no-subject", "subject", "The issue has no subject: write the line that readers see in their inbox.");
        if (string.IsNullOrWhiteSpace(input.Issue.Title)) yield return Warning("no-title", "title", "The issue has no title: the archive and the feeds would show its period instead.");
        if (string.IsNullOrWhiteSpace(input.Issue.Preheader)) yield return Warning("no-preheader", "preheader", "The issue has no preheader: inboxes would show the first words of the mail beside the subject.");
    }
}
