using CrankMailer.Model;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Machine;

/// <summary>Which processes send.</summary>
internal sealed class Nodes(CrankDb db, TimeProvider clock)
{
    private static readonly TimeSpan Alive = TimeSpan.FromMinutes(1);

    /// <summary>Those that reported within the last minute.</summary>
    public async Task<IReadOnlyList<Node>> AliveAsync(CancellationToken ct)
    {
        var since = clock.Instant() - Alive;
        return await db.Nodes.AsNoTracking().Where(n => n.SeenAt > since).OrderBy(n => n.Name).ToListAsync(ct);
    }
}
