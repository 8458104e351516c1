using CrankMailer.Audience;

namespace CrankMailer.Public;

/// <summary><c>/confirm/{token}</c>: a page with a button (R155).</summary>
internal static class ConfirmEndpoints
{
    public static void MapConfirm(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/confirm/{token}", Verbs.Read, async (string token, Confirm confirm, Pages pages, CancellationToken ct) =>
            await ShowAsync(await confirm.LookAsync(token, ct), pages));
        app.MapPost("/confirm/{token}", async (string token, HttpContext http, Confirm confirm, Pages pages, CancellationToken ct) =>
            await ShowAsync(await confirm.ByTokenAsync(token, PublicForm.VisitOf(http, "link"), ct), pages)).WithMetadata(new FormLimit()).DisableAntiforgery();
        app.MapPost("/confirm/{token}/again", Again).WithMetadata(new FormLimit()).DisableAntiforgery();
    }

    private static async Task<IResult> Again(string token, HttpContext http, Confirm confirm, Pages pages, CancellationToken ct) =>
        await confirm.AgainAsync(token, PublicForm.VisitOf(http, "link"), ct) is { } id ? pages.Show("sent-again", await pages.GetAsync(id)) : pages.NotFound();

    private static async Task<IResult> ShowAsync(ConfirmResult result, Pages pages) => result switch
    {
        ConfirmResult.Ready r => pages.Show("confirm", await pages.GetAsync(r.PublicationId), new { lists = r.Lists }, Address(r.Masked)),
        ConfirmResult.Done r => pages.Show("confirmed", await pages.GetAsync(r.PublicationId), new { lists = r.Lists, preferences = $"/preferences/{r.PreferencesToken}" }),
        ConfirmResult.UsedBefore r => pages.Show("confirmed-before", await pages.GetAsync(r.PublicationId), new { lists = r.Lists, active = r.IsActive }),
        ConfirmResult.Expired r => pages.Show("confirm-expired", await pages.GetAsync(r.PublicationId), null, Address(r.Masked)),
        _ => pages.NotFound(),
    };

    private static Dictionary<string, string> Address(string masked) => new() { ["address"] = masked };
}
