using CrankMailer.Model;

namespace CrankMailer.Console.Pages.Editor.Preview;

/// <summary>A mail as one reader would get it, for showing.</summary>
/// <param name="Html">Empty where it cannot be rendered at all; <paramref name="Problems"/> say why.</param>
/// <param name="Hash">Of the edition it would be frozen as.</param>
internal sealed record PreviewCopy(
    string Html, string Text, string Subject, string Preheader, string FromName, string FromEmail, string? Hash, int Octets, IReadOnlyList<Problem> Problems)
{
    public bool CanBeApproved => Hash is not null && Problems.All(p => p.Severity != Severity.Error);
}
