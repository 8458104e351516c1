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

    internal static async Task<Results<Ok<Readiness>, JsonHttpResult<Readiness>>> ReadyAsync(CrankDb db, DataFolder data, CancellationToken ct)
    {
        var database = await db.Database.CanConnectAsync(ct);
        var readiness = new Readiness(
            database,
            Directory.Exists(data.Path),
            database && await db.Relays.AnyAsync(r => r.Enabled, ct));
        return readiness is { Database: true, DataFolder: true, RelayKnown: true }
            ? TypedResults.Ok(readiness)
            : TypedResults.Json(readiness, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    internal sealed record Readiness(bool Database, bool DataFolder, bool RelayKnown);
}
