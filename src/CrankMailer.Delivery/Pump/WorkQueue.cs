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

    /// <summary>Waits for an item. Who comes back holds its permit, and takes it or gives it back: what is taken is decided only when it can be sent.</summary>
    public Task WaitAsync(CancellationToken ct) => _items.WaitAsync(ct);

    /// <summary>By who holds a permit, and takes nothing now.</summary>
    public void GiveBack() => _items.Release();

    /// <summary>By who holds a permit.</summary>
    /// <param name="mayTakeBulk">Asked only where no system mail waits.</param>
    /// <returns>Null where only bulk waits and it may not be taken: the permit is to be given back.</returns>
    public MailWork? Take(Func<bool> mayTakeBulk)
    {
        lock (_queues) return _system.TryDequeue(out var system) ? system : mayTakeBulk() ? _bulk.Dequeue() : null;
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
