using CrankMailer.Capture;
using CrankMailer.Console.Accounts;
using CrankMailer.Console.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrankMailer.Console.Pages.Outbox;

/// <summary>A caught mail's own bytes: its HTML for the frame, its source for a download.</summary>
internal static class OutboxEndpoints
{
    public static void MapOutbox(this IEndpointRouteBuilder app)
    {
        app.MapGet("/outbox/{id:long}/html", HtmlAsync).RequireAuthorization(Can.See);
        app.MapGet("/outbox/{id:long}/source", SourceAsync).RequireAuthorization(Can.See);
    }

    private static async Task<Results<ContentHttpResult, NotFound>> HtmlAsync(long id, Capture.Outbox outbox, HttpContext http, CancellationToken ct)
    {
        if ((await outbox.FindMessageAsync(id, ct))?.HtmlBody is not { } html) return TypedResults.NotFound();
        http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.MailPolicy; // the mail is shown, and can do nothing
        return TypedResults.Content(html, "text/html; charset=utf-8");
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> SourceAsync(long id, Capture.Outbox outbox, CancellationToken ct) =>
        await outbox.FindSourceAsync(id, ct) is { } source ? TypedResults.File(source, "message/rfc822", $"{id}.eml") : TypedResults.NotFound();
}
