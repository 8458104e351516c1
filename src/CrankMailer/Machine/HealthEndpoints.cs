using System.Data.Common;
using CrankMailer.Hosting;
using CrankMailer.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Machine;

/// <summary>/health/live: the process answers. /health/ready: it can do its work.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live\n"));
        app.MapGet("/health/ready", ReadyAsync);
    }

    internal static async Task<Results<Ok<Readiness>, JsonHttpResult<Readiness>>> ReadyAsync(CrankDb db, DataFolder data, ILogger<Readiness> log, CancellationToken ct)
    {
        var relay = await RelayKnownAsync(db, log, ct);
        var readiness = new Readiness(relay is not null, Directory.Exists(data.Path), relay is true);
        return readiness is { Database: true, DataFolder: true, RelayKnown: true }
            ? TypedResults.Ok(readiness)
            : TypedResults.Json(readiness, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <returns>Null when the database does not answer.</returns>
    private static async Task<bool?> RelayKnownAsync(CrankDb db, ILogger log, CancellationToken ct)
    {
        try
        {
            return await db.Relays.AnyAsync(r => r.Enabled, ct);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException { InnerException: DbException or TimeoutException })
        {
            log.DatabaseDoesNotAnswer(error);
            return null;
        }
    }

    internal sealed record Readiness(bool Database, bool DataFolder, bool RelayKnown);
}
