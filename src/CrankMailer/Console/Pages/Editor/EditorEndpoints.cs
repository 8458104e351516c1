using System.Globalization;
using System.Net.Mime;
using CrankMailer.Authoring;
using CrankMailer.Authoring.Workflow;
using CrankMailer.Authoring.Workflow.Pictures;
using CrankMailer.Console.Accounts;
using CrankMailer.Console.Pages.Editor.Forms;
using CrankMailer.Console.Pages.Editor.Preview;
using CrankMailer.Console.Shared;
using CrankMailer.Console.Shell;
using CrankMailer.Model.Issues;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrankMailer.Console.Pages.Editor;

/// <summary>What the editor's pages fetch: preview, autosave, upload, export.</summary>
internal static class EditorEndpoints
{
    public static void MapEditor(this IEndpointRouteBuilder app)
    {
        app.MapGet("/editor/{id:int}/preview.html", PreviewPageAsync).RequireAuthorization(Can.See);
        app.MapPost("/editor/{id:int}/live", PreviewAsync).RequireAuthorization(Can.Write);
        app.MapPost("/editor/{id:int}/autosave", AutosaveAsync).RequireAuthorization(Can.Write);
        app.MapPost("/editor/pictures", UploadAsync).RequireAuthorization(Can.Write);
        app.MapGet("/editor/{id:int}/export.md", (int id, IssueDesk desk, CurrentPublication current, CancellationToken ct) => ExportAsync(id, IssueFormat.Markdown, desk, current, ct)).RequireAuthorization(Can.See);
        app.MapGet("/editor/{id:int}/export.json", (int id, IssueDesk desk, CurrentPublication current, CancellationToken ct) => ExportAsync(id, IssueFormat.Json, desk, current, ct)).RequireAuthorization(Can.See);
    }

    internal static async Task<Results<ContentHttpResult, NotFound>> PreviewPageAsync(
        int id, string? look, string? images, string? reader, HttpContext http, IssueDesk desk, CurrentPublication current, IssuePreview previews, CancellationToken ct)
    {
        if (await FindAsync(id, desk, current, ct) is not (var publication, var copy)) return TypedResults.NotFound();
        var preview = await previews.MakeAsync(publication, copy, ct, long.TryParse(reader, CultureInfo.InvariantCulture, out var eyes) ? eyes : null);
        http.Response.Headers.ContentSecurityPolicy = images == "off" ? SecurityHeaders.MailWithoutImagesPolicy : SecurityHeaders.MailPolicy;
        http.Response.Headers.XFrameOptions = "SAMEORIGIN";
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(PreviewLook.Apply(preview.Html, publication.Document, look == "dark"), MediaTypeNames.Text.Html);
    }

    internal static async Task<Results<Ok<LivePreview>, NotFound>> PreviewAsync(
        int id, IFormCollection form, IssueDesk desk, CurrentPublication current, IssuePreview previews, CancellationToken ct)
    {
        if (await FindAsync(id, desk, current, ct) is not (var publication, _) || await DraftPost.FindAsync(desk, id, new Posted(form), ct) is not { } post) return TypedResults.NotFound();
        var preview = await previews.MakeAsync(publication, post.Newest with { Content = IssueCanonical.Of(post.Issue) }, ct);
        return TypedResults.Ok(LivePreview.Of(preview, PreviewLook.Apply(preview.Html, publication.Document, dark: false)));
    }

    internal static async Task<Results<Ok<AutosaveAnswer>, NotFound>> AutosaveAsync(
        int id, IFormCollection form, IssueDesk desk, CurrentPublication current, Viewer viewer, CancellationToken ct)
    {
        if (await FindAsync(id, desk, current, ct) is not (_, var copy) || await DraftPost.FindAsync(desk, id, new Posted(form), ct) is not { } post) return TypedResults.NotFound();
        // An approval is voided by a person's "save", never by a pause in typing.
        if (copy.State is IssueState.Approved or IssueState.Published) return TypedResults.Ok(AutosaveAnswer.NotNow);
        if (FieldRules.Check(post.Issue).Count > 0) return TypedResults.Ok(AutosaveAnswer.NotNow);
        return TypedResults.Ok(AutosaveAnswer.Of(await desk.SaveAsync(id, post.Revision, post.Issue, "autosaved", viewer.Id, ct)));
    }

    internal static async Task<Results<Ok<StoredPicture>, UnprocessableEntity<string>>> UploadAsync(IFormFile file, PictureStore pictures, CancellationToken ct)
    {
        var (stored, problem) = await pictures.SaveAsync(await PictureFields.ReadAsync(file, ct), ct);
        return stored is not null ? TypedResults.Ok(stored) : TypedResults.UnprocessableEntity(problem?.Text ?? "");
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> ExportAsync(int id, IssueFormat format, IssueDesk desk, CurrentPublication current, CancellationToken ct)
    {
        if (await FindAsync(id, desk, current, ct) is not (_, var copy)) return TypedResults.NotFound();
        var (type, ending) = format == IssueFormat.Json ? (MediaTypeNames.Application.Json, "json") : ("text/markdown; charset=utf-8", "md");
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(IssueFile.Write(copy.Content, format)), type, $"{copy.Slug}.{ending}");
    }

    private static async Task<(Model.Publications.PublicationRow Publication, IssueCopy Copy)?> FindAsync(int id, IssueDesk desk, CurrentPublication current, CancellationToken ct) =>
        await current.FindAsync(ct) is { } publication && await desk.FindAsync(id, ct) is { } copy && copy.PublicationId == publication.Id ? (publication, copy) : null;
}
