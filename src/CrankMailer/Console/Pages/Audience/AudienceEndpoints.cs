using CrankMailer.Audience;
using CrankMailer.Audience.Export;
using CrankMailer.Console.Accounts;
using CrankMailer.Console.Shell;
using CrankMailer.Model;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrankMailer.Console.Pages.Audience;

/// <summary>The people as files, written while they are read: <c>/audience/export.csv?list=</c> and <c>.jsonl</c>.</summary>
internal static class AudienceEndpoints
{
    public static IServiceCollection AddAudiencePages(this IServiceCollection services) => services.AddSingleton<ImportSpool>().AddScoped<ImportDesk>();

    public static void MapAudience(this IEndpointRouteBuilder app)
    {
        app.MapGet("/audience/export.csv", CsvAsync).RequireAuthorization(Can.Operate);
        app.MapGet("/audience/export.jsonl", JsonLinesAsync).RequireAuthorization(Can.Operate);
    }

    internal static async Task<Results<PushStreamHttpResult, NotFound>> CsvAsync(
        string? list, HttpContext http, CurrentPublication current, Lists lists, SubscriberExport export, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(list, current, lists, ct) is not { } scope) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(
            target => export.WriteCsvAsync(target, scope.PublicationId, scope.List, withMark: true, ct), "text/csv; charset=utf-8", NameOf(scope, clock, "csv"));
    }

    internal static async Task<Results<PushStreamHttpResult, NotFound>> JsonLinesAsync(
        string? list, HttpContext http, CurrentPublication current, Lists lists, SubscriberExport export, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(list, current, lists, ct) is not { } scope) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(
            target => export.WriteJsonLinesAsync(target, scope.PublicationId, scope.List, ct), "application/x-ndjson", NameOf(scope, clock, "jsonl"));
    }

    private static async Task<Scope?> FindAsync(string? list, CurrentPublication current, Lists lists, CancellationToken ct)
    {
        if (await current.FindAsync(ct) is not { } publication) return null;
        if (string.IsNullOrEmpty(list)) return new Scope(publication.Id, publication.Slug, null);
        return await lists.FindAsync(publication.Id, list, ct) is { } found ? new Scope(publication.Id, publication.Slug, found.Slug) : null;
    }

    private static string NameOf(Scope scope, TimeProvider clock, string ending) =>
        $"{scope.Publication}-{scope.List ?? "people"}-{clock.Instant():yyyy-MM-dd}.{ending}";

    private sealed record Scope(int PublicationId, string Publication, string? List);
}
