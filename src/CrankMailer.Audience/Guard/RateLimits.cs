using System.Collections.Concurrent;

namespace CrankMailer.Audience.Guard;

/// <summary>Counts in fixed windows, in memory: what matters for longer than an hour is counted in the database. Bounded, thread-safe.</summary>
internal sealed class RateLimits(TimeProvider clock)
{
    private const int MaxKeys = 100_000;
    private readonly ConcurrentDictionary<string, Window> _windows = new();

    /// <summary>Counts one more and says how many it is now within the window.</summary>
    public int Count(string key, TimeSpan window)
    {
        var now = clock.GetUtcNow();
        if (_windows.Count >= MaxKeys) Forget(now);
        return _windows.AddOrUpdate(key, _ => new Window(now + window, 1), (_, old) => old.Ends <= now ? new Window(now + window, 1) : old with { Count = old.Count + 1 }).Count;
    }

    // A flood of new keys must not become a flood of memory; when nothing is old enough, the limits start anew.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, window) in _windows)
            if (window.Ends <= now) _windows.TryRemove(key, out _);
        if (_windows.Count >= MaxKeys) _windows.Clear();
    }

    private readonly record struct Window(DateTimeOffset Ends, int Count);
}
