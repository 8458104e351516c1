using CrankMailer.Model;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Public;

/// <summary>All publications, read from the database at most every two seconds: each public request asks whose it is.</summary>
internal sealed class PublicationDirectory(IDbContextFactory<CrankDb> databases, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);
    private volatile Read? _read;

    public async ValueTask<IReadOnlyList<PublicationRow>> AllAsync(CancellationToken ct)
    {
        if (_read is { } read && clock.GetUtcNow() - read.At < KeptFor) return read.All;
        await using var db = await databases.CreateDbContextAsync(ct);
        var all = await db.Publications.AsNoTracking().OrderBy(p => p.Slug).ToListAsync(ct);
        _read = new Read(all, clock.GetUtcNow());
        return all;
    }

    public async ValueTask<PublicationRow?> FindAsync(string slug, CancellationToken ct) => (await AllAsync(ct)).FirstOrDefault(p => p.Slug == slug);

    public async ValueTask<PublicationRow?> FindAsync(int id, CancellationToken ct) => (await AllAsync(ct)).FirstOrDefault(p => p.Id == id);

    private sealed record Read(IReadOnlyList<PublicationRow> All, DateTimeOffset At);
}
