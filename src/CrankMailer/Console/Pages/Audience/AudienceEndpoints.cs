using CrankMailer.Audience;
using CrankMailer.Audience.Export;
using CrankMailer.Console.Accounts;
using CrankMailer.Console.Shell;
using CrankMailer.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CrankMailer.Console.Pages.Audience;

/// <summary>The people as files, written while they are read. A POST, since each leaves an audit entry; binding the form checks the antiforgery token.</summary>
internal static class AudienceEndpoints
{
    public static IServiceCollection AddAudiencePages(this IServiceCollection services) => services.AddSingleton<ImportSpool>().AddScoped<ImportDesk>().AddScoped<ExportScope>();

    public static void MapAudience(this IEndpointRouteBuilder app)
    {
        app.MapPost("/audience/export.csv", CsvAsync).RequireAuthorization(Can.Operate);
        app.MapPost("/audience/export.jsonl", JsonLinesAsync).RequireAuthorization(Can.Operate);
    }

    internal static async Task<Results<PushStreamHttpResult, NotFound>> CsvAsync([FromForm] string? list, HttpContext http, ExportScope scope, SubscriberExport export, CancellationToken ct)
    {
        if (await scope.FindAsync(list, "csv", ct) is not { } file) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(target => export.WriteCsvAsync(target, file.Order, withMark: true, ct), "text/csv; charset=utf-8", file.Name);
    }

    internal static async Task<Results<PushStreamHttpResult, NotFound>> JsonLinesAsync([FromForm] string? list, HttpContext http, ExportScope scope, SubscriberExport export, CancellationToken ct)
    {
        if (await scope.FindAsync(list, "jsonl", ct) is not { } file) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(target => export.WriteJsonLinesAsync(target, file.Order, ct), "application/x-ndjson", file.Name);
    }
}

/// <summary>What an export of the current publication holds, and the name of its file.</summary>
internal sealed class ExportScope(CurrentPublication current, Lists lists, Viewer viewer, TimeProvider clock)
{
    /// <param name="list">Short name of a list; empty for everybody.</param>
    /// <returns>Null where there is no such list.</returns>
    public async Task<(ExportOrder Order, string Name)?> FindAsync(string? list, string ending, CancellationToken ct)
    {
        if (await current.FindAsync(ct) is not { } publication) return null;
        var found = string.IsNullOrEmpty(list) ? null : await lists.FindAsync(publication.Id, list, ct);
        if (found is null && !string.IsNullOrEmpty(list)) return null;
        return (new ExportOrder(publication.Id, found?.Slug, viewer.Id), $"{publication.Slug}-{found?.Slug ?? "people"}-{clock.Instant():yyyy-MM-dd}.{ending}");
    }
}
