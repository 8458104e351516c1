using System.Text.Json;
using CrankMailer.Authoring.Workflow;
using CrankMailer.Console.Shared;
using CrankMailer.Model.Documents;

namespace CrankMailer.Console.Pages.Editor.Forms;

/// <summary>A posted write screen: the issue it holds, the revision it began from.</summary>
/// <param name="Revision">What the save is checked against.</param>
internal sealed record DraftPost(IssueCopy Newest, Issue Issue, int Revision, Posted Form)
{
    /// <summary>Null where there is no such issue, or the form is none of ours.</summary>
    public static async Task<DraftPost?> FindAsync(IssueDesk desk, int issueId, Posted form, CancellationToken ct)
    {
        if (await desk.FindAsync(issueId, ct) is not { } newest || form.Number("revision") is not { } revision) return null;
        var shape = form.Text("shape-json") is { } json ? Parse(json) : form.Number("shape") is { } number ? (await desk.FindAsync(issueId, ct, number))?.Content : null;
        return shape is null ? null : new DraftPost(newest, new IssueForm(form, shape).Read(), revision, form);
    }

    private static Issue? Parse(string json)
    {
        try
        {
            return IssueJson.Read(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
