using CrankMailer.Authoring.Workflow;
using CrankMailer.Authoring.Workflow.Pictures;
using CrankMailer.Console.Accounts;
using CrankMailer.Console.Pages.Editor.Forms;
using CrankMailer.Console.Pages.Editor.Preview;
using CrankMailer.Console.Shared;
using CrankMailer.Console.Shell;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using Microsoft.AspNetCore.Components;

namespace CrankMailer.Console.Pages.Editor;

/// <summary>The one screen to write. Every button of it saves first; what cannot be saved comes back as it was typed.</summary>
public partial class WritePage
{
    private bool _loaded;
    private IssueCopy? _copy;
    private Issue? _issue;
    private IssueCopy? _stale;
    private FieldProblems _problems = FieldProblems.None;
    private IReadOnlyList<Problem> _checks = [];
    private int _revision;
    private bool _mayWrite;
    private bool _unsaved;

    [Parameter] public int Id { get; set; }

    /// <summary>The place to open: <c>sections[1].items[3]</c>.</summary>
    [SupplyParameterFromQuery] private string? At { get; set; }
    [CascadingParameter] private HttpContext? Http { get; set; }

    private CancellationToken Ct => Http?.RequestAborted ?? CancellationToken.None;

    private string? IssueTitle => _issue?.Title ?? _copy?.Content.Title;

    protected override async Task OnInitializedAsync()
    {
        await FillAsync();
        _loaded = true;
    }

    private async Task FillAsync()
    {
        var publication = await Current.FindAsync(Ct);
        var copy = await Desk.FindAsync(Id, Ct);
        if (publication is null || copy is null || copy.PublicationId != publication.Id) return;
        (_copy, _issue, _revision) = (copy, copy.Content, copy.Revision);
        _mayWrite = Viewer.May(Can.Write) && copy.State != IssueState.Published;
        _checks = (await Previews.MakeAsync(publication, copy, Ct)).Problems;
    }

    private async Task PostAsync()
    {
        if (!_mayWrite || _copy is null || await DraftPost.FindAsync(Desk, Id, Posted.Of(Http), Ct) is not { } post)
        {
            Refuse([FieldProblems.Wrong("", "The form did not come back whole, or you may not write here. Reload the page.")], _issue);
            return;
        }
        var (withPictures, pictureProblems) = await Pictures.StoreAsync(post.Issue, post.Form, Ct);
        var (issue, place) = IssueMove.Apply(withPictures, post.Form.Do, post.Form.All("order"));
        Problem[] wrong = [.. pictureProblems, .. FieldRules.Check(issue)];
        if (wrong.Length > 0)
        {
            Refuse(wrong, issue);
            return;
        }
        var revision = post.Form.Do == "keep-mine" ? post.Newest.Revision : post.Revision;
        await AnswerAsync(await Desk.SaveAsync(Id, revision, issue, post.Form.Do == "keep-mine" ? "kept over a newer revision" : "edited", Viewer.Id, Ct), issue, post.Form.Do, place);
    }

    private async Task AnswerAsync(DeskResult result, Issue issue, string? deed, string? place)
    {
        switch (result)
        {
            case DeskResult.Done done:
                await GoOnAsync(done, deed, place);
                break;
            case DeskResult.Stale stale:
                (_stale, _issue, _unsaved) = (stale.Theirs, issue, true);
                SetStatus(StatusCodes.Status409Conflict);
                break;
            case DeskResult.Refused refused:
                Refuse(refused.Problems, issue);
                break;
            default:
                Navigation.NavigateTo("/editor");
                break;
        }
    }

    private async Task GoOnAsync(DeskResult.Done done, string? deed, string? place)
    {
        if (done.ApprovalVoided) Flash.Say("Saved. The issue was approved; now it is a draft again and has to be approved anew.", Tone.Warn);
        if (deed == "submit" && await Desk.SubmitAsync(Id, done.Revision, Viewer.Id, Ct) is DeskResult.Done) Flash.Say("Handed in for review.");
        else if (!done.ApprovalVoided && place is null && deed is not "preview") Flash.Say("Saved.");
        Navigation.NavigateTo(deed == "preview" ? $"/editor/{Id}/preview"
            : place is null ? $"/editor/{Id}"
            : $"/editor/{Id}?at={Uri.EscapeDataString(place)}#{Field.IdOf(place)}");
    }

    private void Refuse(IReadOnlyList<Problem> problems, Issue? issue)
    {
        (_problems, _issue, _unsaved) = (new FieldProblems(problems), issue, true);
        SetStatus(StatusCodes.Status422UnprocessableEntity);
    }

    private void SetStatus(int status)
    {
        if (Http is { } http) http.Response.StatusCode = status;
    }
}
