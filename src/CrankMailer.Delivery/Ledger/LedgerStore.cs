using System.Data;
using CrankMailer.Model;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Ledger;

/// <summary>Short transactions on the ledger. On SQLite they queue here, in order, instead of polling for the file's one write lock.</summary>
internal sealed class LedgerStore(IDbContextFactory<CrankDb> databases) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Runs the work in one transaction and commits it. On SQLite it begins as a writer, so that it never fails half-way for the lock.</summary>
    public async Task<T> WriteAsync<T>(Func<LedgerSql, Task<T>> work, IsolationLevel isolation, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var queues = db.Engine == DatabaseEngine.Sqlite;
        if (queues) await _writing.WaitAsync(ct);
        try
        {
            await using var transaction = queues ? await db.Database.BeginTransactionAsync(ct) : await db.Database.BeginTransactionAsync(isolation, ct);
            var result = await work(new LedgerSql(db));
            await transaction.CommitAsync(ct);
            return result;
        }
        finally
        {
            if (queues) _writing.Release();
        }
    }

    public Task<T> WriteAsync<T>(Func<LedgerSql, Task<T>> work, CancellationToken ct) => WriteAsync(work, IsolationLevel.ReadCommitted, ct);

    public async Task<T> ReadAsync<T>(Func<LedgerSql, Task<T>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await work(new LedgerSql(db));
    }

    public void Dispose() => _writing.Dispose();
}
