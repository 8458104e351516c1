using System.Text.Json;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Operations;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Hosting;

/// <summary>
/// Nothing old starts by itself (design §3): is this database the one this place sends for, or a restored, cloned or moved one?
/// SQLite: the data folder mirrors the installation id and a send epoch that grows with every start. PostgreSQL: the environment
/// holds the id. What does not fit starts in capture mode, and every campaign that could move is held until an owner confirms.
/// </summary>
internal sealed class InstallationCheck(CrankDb db, AddressHashers hashers, TokenRings rings, TimeProvider clock)
{
    public const string Variable = "CRANKMAILER_INSTALLATION";

    /// <returns>Null when all fits; else why not, in one sentence.</returns>
    public async Task<string?> RunAsync(DataFolder data, CancellationToken ct)
    {
        await hashers.GetAsync(ct); // makes the row, with its suppression key, on the very first start
        await rings.GetAsync(ct); // and the first token key: made later, it might be asked for within a write transaction
        var row = await db.Installations.SingleAsync(i => i.Id == 1, ct);
        var mismatch = db.Engine == DatabaseEngine.Sqlite ? await CompareFolderAsync(row, data, ct) : CompareEnvironment(row);
        if (mismatch is not null) await HoldAllAsync(mismatch, ct);
        return mismatch;
    }

    /// <summary>Whether a start on SQLite would find nothing to ask an owner about. Changes nothing.</summary>
    public async Task<bool> FitsAsync(DataFolder data, CancellationToken ct) =>
        await db.Installations.AsNoTracking().SingleOrDefaultAsync(i => i.Id == 1, ct) is not { } row || Mismatch(row, await ReadMirrorAsync(data, ct)) is null;

    /// <summary>An owner's word that this database may send from here.</summary>
    public async Task ConfirmAsync(DataFolder data, CancellationToken ct)
    {
        await hashers.GetAsync(ct);
        var row = await db.Installations.SingleAsync(i => i.Id == 1, ct);
        row.SendEpoch = Math.Max(row.SendEpoch, (await ReadMirrorAsync(data, ct))?.Epoch ?? 0);
        await db.SaveChangesAsync(ct);
        await WriteMirrorAsync(data, new Mirror(row.InstallationId, row.SendEpoch), ct);
    }

    private async Task<string?> CompareFolderAsync(Installation row, DataFolder data, CancellationToken ct)
    {
        if (Mismatch(row, await ReadMirrorAsync(data, ct)) is { } mismatch) return mismatch;
        row.SendEpoch++;
        await db.SaveChangesAsync(ct); // before the mirror: a crash between the two leaves the database ahead, which is no sign of a restored one
        await WriteMirrorAsync(data, new Mirror(row.InstallationId, row.SendEpoch), ct);
        return null;
    }

    private static string? Mismatch(Installation row, Mirror? mirror)
    {
        if (mirror is null) return row.SendEpoch > 0 ? "the database was sending from another data folder before: it was restored, cloned or moved" : null;
        if (mirror.Installation != row.InstallationId) return "the database belongs to another installation than its data folder: it was restored, cloned or moved";
        return row.SendEpoch < mirror.Epoch ? "the database is older than its data folder: a backup was restored" : null;
    }

    private static string? CompareEnvironment(Installation row) => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => $"the environment variable {Variable} is not set; where this database may send from, set it to {row.InstallationId}",
        var id when id != row.InstallationId => $"the environment's {Variable} is not this database's installation: it was restored, cloned or moved",
        _ => null,
    };

    private async Task HoldAllAsync(string reason, CancellationToken ct)
    {
        var now = clock.Instant();
        var held = await db.Campaigns.Where(c => !c.Capture && (c.State == CampaignState.Running || c.State == CampaignState.Scheduled))
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CampaignState.Held).SetProperty(c => c.StateReason, $"Held at start: {reason}."), ct);
        if (held == 0) return;
        db.Alerts.Add(new Alert { At = now, Severity = Severity.Warning, Kind = "held-at-start", Text = $"{held} campaigns were held: {reason}. Nothing is sent until an owner confirms." });
        await db.SaveChangesAsync(ct);
    }

    private static async Task<Mirror?> ReadMirrorAsync(DataFolder data, CancellationToken ct)
    {
        if (!File.Exists(data.InstallationFile)) return null;
        try
        {
            return JsonSerializer.Deserialize<Mirror>(await File.ReadAllTextAsync(data.InstallationFile, ct));
        }
        catch (JsonException)
        {
            return new Mirror("", 0); // a damaged mirror fits no database: capture mode, and an owner's look
        }
    }

    private static async Task WriteMirrorAsync(DataFolder data, Mirror mirror, CancellationToken ct)
    {
        var temporary = data.InstallationFile + ".new";
        await File.WriteAllTextAsync(temporary, JsonSerializer.Serialize(mirror), ct);
        File.Move(temporary, data.InstallationFile, overwrite: true);
    }

    private sealed record Mirror(string Installation, long Epoch);
}
