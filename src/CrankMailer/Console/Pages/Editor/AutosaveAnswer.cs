using CrankMailer.Authoring.Workflow;

namespace CrankMailer.Console.Pages.Editor;

/// <param name="Saved">False: nothing was stored, and the page says so.</param>
/// <param name="Revision">What the next save goes on from.</param>
/// <param name="By">Who saved in between; the form's own Save then shows both.</param>
internal sealed record AutosaveAnswer(bool Saved, int? Revision = null, string? By = null)
{
    /// <summary>Needs a person's own Save: approved, published, or a field is wrong.</summary>
    public static AutosaveAnswer NotNow { get; } = new(false);

    public static AutosaveAnswer Of(DeskResult result) => result switch
    {
        DeskResult.Done done => new(true, done.Revision),
        DeskResult.Stale stale => new(false, null, stale.Theirs.Author ?? "somebody"),
        _ => NotNow,
    };
}
