using CrankMailer.Audience;

namespace CrankMailer.Public;

/// <summary><c>/u/{token}</c>: RFC 8058 one-click for machines, a page with one button for people. No login, no cookie, no redirect.</summary>
internal static class UnsubscribeEndpoints
{
    public static void MapUnsubscribe(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/u/{token}", Verbs.Read, async (string token, Unsubscribe unsubscribe, Pages pages, CancellationToken ct) =>
            await ShowAsync(token, done: false, unsubscribe, pages, ct));
        app.MapPost("/u/{token}", Leave).WithMetadata(new FormLimit()).DisableAntiforgery();
        app.MapPost("/u/{token}/all", (string token, HttpContext http, Unsubscribe unsubscribe, Pages pages, CancellationToken ct) =>
            AfterAsync(unsubscribe.FromAllAsync(token, PublicForm.VisitOf(http, "link"), ct), token, true, unsubscribe, pages, ct)).WithMetadata(new FormLimit()).DisableAntiforgery();
        app.MapPost("/u/{token}/undo", (string token, HttpContext http, Unsubscribe unsubscribe, Pages pages, CancellationToken ct) =>
            AfterAsync(unsubscribe.UndoAsync(token, PublicForm.VisitOf(http, "link"), ct), token, false, unsubscribe, pages, ct)).WithMetadata(new FormLimit()).DisableAntiforgery();
    }

    // A mailbox provider may send the body as urlencoded or as multipart, or garble it: the token alone decides (R43).
    private static async Task<IResult> Leave(string token, HttpContext http, Unsubscribe unsubscribe, Pages pages, CancellationToken ct)
    {
        var byPage = await PublicForm.ReadAsync(http) is { } form && form["button"] == "page";
        return await AfterAsync(unsubscribe.ByTokenAsync(token, PublicForm.VisitOf(http, byPage ? "link" : "one-click"), ct), token, true, unsubscribe, pages, ct);
    }

    private static async Task<IResult> AfterAsync(Task<bool> work, string token, bool done, Unsubscribe unsubscribe, Pages pages, CancellationToken ct) =>
        await work ? await ShowAsync(token, done, unsubscribe, pages, ct) : pages.NotFound();

    private static async Task<IResult> ShowAsync(string token, bool done, Unsubscribe unsubscribe, Pages pages, CancellationToken ct)
    {
        if (await unsubscribe.LookAsync(token, ct) is not { } page) return pages.NotFound();
        var row = await pages.GetAsync(page.PublicationId);
        var model = new { token, through = page.Through, left = page.Left, open = page.Open, done, known = page.Masked is not null };
        return pages.Show("unsubscribe", row, model, new Dictionary<string, string> { ["address"] = page.Masked ?? "" });
    }
}
