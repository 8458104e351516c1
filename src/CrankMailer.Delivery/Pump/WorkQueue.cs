using System.Collections.Concurrent;

namespace CrankMailer.Delivery.Pump;

/// <summary>What waits for a connection: system mail before bulk, whatever is queued (design §2).</summary>
internal sealed class WorkQueue : IDisposable
{
    private readonly ConcurrentQueue<MailWork.System> _system = new();
    private readonly ConcurrentQueue<MailWork.Bulk> _bulk = new();
    private readonly SemaphoreSlim _items = new(0);

    public int BulkCount => _bulk.Count;

    public void Add(MailWork work)
    {
        if (work is MailWork.System system) _system.Enqueue(system);
        else if (work is MailWork.Bulk bulk) _bulk.Enqueue(bulk);
        _items.Release();
    }

    public async Task<MailWork> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            await _items.WaitAsync(ct);
            if (_system.TryDequeue(out var system)) return system;
            if (_bulk.TryDequeue(out var bulk)) return bulk;
            // Taken out by TakeOut between our permit and our look.
        }
    }

    /// <summary>Takes out bulk work that is not to be sent now; its claims are given back.</summary>
    public List<MailWork.Bulk> TakeOut(Func<MailWork.Bulk, bool> which)
    {
        var taken = new List<MailWork.Bulk>();
        for (var left = _bulk.Count; left > 0 && _bulk.TryDequeue(out var work); left--)
        {
            if (!which(work))
            {
                _bulk.Enqueue(work);
                continue;
            }
            _items.Wait(0);
            taken.Add(work);
        }
        return taken;
    }

    public List<MailWork.System> TakeOutSystem()
    {
        var taken = new List<MailWork.System>();
        while (_system.TryDequeue(out var work))
        {
            _items.Wait(0);
            taken.Add(work);
        }
        return taken;
    }

    public void Dispose() => _items.Dispose();
}
