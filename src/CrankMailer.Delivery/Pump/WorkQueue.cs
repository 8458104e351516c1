namespace CrankMailer.Delivery.Pump;

/// <summary>
/// What waits for a connection: system mail before bulk, whatever is queued (design §2). A permit is released for every item, and an item is only ever
/// removed by who holds a permit: so whoever has one finds an item, and no item is left without one.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    private readonly Lock _queues = new();
    private readonly Queue<MailWork.System> _system = new();
    private readonly Queue<MailWork.Bulk> _bulk = new();
    private readonly SemaphoreSlim _items = new(0);

    public int BulkCount
    {
        get
        {
            lock (_queues) return _bulk.Count;
        }
    }

    public int SystemCount
    {
        get
        {
            lock (_queues) return _system.Count;
        }
    }

    public void Add(MailWork work)
    {
        lock (_queues)
        {
            if (work is MailWork.System system) _system.Enqueue(system);
            else if (work is MailWork.Bulk bulk) _bulk.Enqueue(bulk);
        }
        _items.Release();
    }

    public async Task<MailWork> TakeAsync(CancellationToken ct)
    {
        await _items.WaitAsync(ct);
        lock (_queues) return _system.TryDequeue(out var system) ? system : _bulk.Dequeue();
    }

    /// <summary>Takes out bulk work that is not to be sent now. What a connection is just taking stays for it.</summary>
    public List<MailWork.Bulk> TakeOut(Func<MailWork.Bulk, bool> which)
    {
        lock (_queues) return TakeOut(_bulk, which);
    }

    public List<MailWork.System> TakeOutSystem()
    {
        lock (_queues) return TakeOut(_system, _ => true);
    }

    public void Dispose() => _items.Dispose();

    private List<T> TakeOut<T>(Queue<T> queue, Func<T, bool> which)
    {
        var taken = new List<T>();
        for (var left = queue.Count; left > 0; left--)
        {
            var work = queue.Dequeue();
            if (which(work) && _items.Wait(0)) taken.Add(work);
            else queue.Enqueue(work);
        }
        return taken;
    }
}
