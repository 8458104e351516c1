namespace CrankMailer.Delivery.Pump;

/// <summary>
/// What this process really has in hand: waiting in its queue, on a connection, or on its way into the ledger. Only this is renewed, so a row the
/// process lost track of comes back when its lease is out. Counted, because a row may be given back and claimed again before its giver lets go.
/// </summary>
internal sealed class Holds<TKey> where TKey : notnull
{
    private readonly Lock _counting = new();
    private readonly Dictionary<TKey, int> _counts = [];

    public IReadOnlyList<TKey> All
    {
        get
        {
            lock (_counting) return [.. _counts.Keys];
        }
    }

    public void Take(TKey key)
    {
        lock (_counting) _counts[key] = _counts.GetValueOrDefault(key) + 1;
    }

    public void LetGo(TKey key)
    {
        lock (_counting)
            if (_counts.Remove(key, out var count) && count > 1) _counts[key] = count - 1;
    }
}

internal readonly record struct DeliveryKey(int CampaignId, long Id);

internal readonly record struct MailKey(long Id);
