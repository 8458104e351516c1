using System.Text.RegularExpressions;
using CrankMailer.Model;

namespace CrankMailer.Authoring.Checks;

internal sealed partial class SubjectCheck : IssueCheck
{
    /// <summary>R15; a phone shows some 60.</summary>
    private const int Aim = 150;

    public override IEnumerable<Problem> Run(CheckInput input)
    {
        if (string.IsNullOrWhiteSpace(input.Issue.Subject)) yield return Error("no-subject", "subject", "The issue has no subject: write the line that readers see in their inbox.");
        if (input.Issue.Subject is { } subject && Answer().IsMatch(subject)) yield return Warning("subject-answer", "subject", "The subject begins like an answer to somebody: readers feel tricked, and receivers count it as spam. Take the beginning away.");
        if (input.Issue.Subject is { Length: > Aim }) yield return Warning("long-subject", "subject", $"The subject has more than {Aim} characters: inboxes cut it off. Make it shorter.");
        if (string.IsNullOrWhiteSpace(input.Issue.Title)) yield return Warning("no-title", "title", "The issue has no title: the archive and the feeds would show its period instead.");
        if (string.IsNullOrWhiteSpace(input.Issue.Preheader)) yield return Warning("no-preheader", "preheader", "The issue has no preheader: inboxes would show the first words of the mail beside the subject.");
    }

    /// <summary>Re: and Fwd: in the words mail programs write (R26).</summary>
    [GeneratedRegex(@"^\s*(re|fwd?|aw|wg|sv)\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Answer();
}
