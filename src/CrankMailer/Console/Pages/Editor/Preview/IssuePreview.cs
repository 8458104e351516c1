using System.Text;
using CrankMailer.Authoring.Workflow;
using CrankMailer.Model;
using CrankMailer.Model.Publications;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Personal;

namespace CrankMailer.Console.Pages.Editor.Preview;

/// <summary>Renders an issue, saved or not, as a reader would get it.</summary>
internal sealed class IssuePreview(EditionMaker editions, PreviewReaders readers, RenderOptions options)
{
    /// <param name="reader">Id of a subscriber whose eyes to use; an invented reader where null or unknown.</param>
    public async Task<PreviewCopy> MakeAsync(PublicationRow publication, IssueCopy copy, CancellationToken ct, long? reader = null)
    {
        var draft = await editions.MakeAsync(publication, copy, ct);
        if (draft is not { Edition: { } edition, Rendered: { } rendered }) return new PreviewCopy("", "", "", "", "", "", null, 0, draft.Problems);
        var (mail, problems) = Personalise(rendered, publication, await readers.FindAsync(publication.Id, reader, ct), draft.Problems);
        return new PreviewCopy(
            mail.Html, mail.Text, mail.Subject, edition.Preheader, edition.FromName, edition.FromEmail, edition.Hash, Encoding.UTF8.GetByteCount(edition.Html), problems);
    }

    private (PersonalMail Mail, IReadOnlyList<Problem> Problems) Personalise(RenderedIssue rendered, PublicationRow publication, PersonalValues reader, IReadOnlyList<Problem> problems)
    {
        try
        {
            return (PersonalPreview.Of(rendered, publication.Document, options.LinkBase ?? options.InstallationUrl, reader), problems);
        }
        catch (ProblemException e)
        {
            return (new PersonalMail("", "", ""), [.. problems, .. e.Problems.Except(problems)]);
        }
    }
}
