using System.Text.Json;
using CrankMailer.Model.Publications;

namespace CrankMailer.Delivery.Relays;

/// <summary>One relay in use: its connections' pace, and whether it works. Thread-safe.</summary>
internal sealed class RelayLane(RelayRow row, IRelay relay, TimeProvider clock)
{
    private readonly Lock _pacing = new();
    private long _nextSlot = clock.GetTimestamp();
    private volatile RelayFault? _fault;
    private long _faultSeen;
    private int _refusesSystem;
    private volatile int _sharedBy = 1;

    public RelayRow Row { get; } = row;

    public IRelay Relay { get; } = relay;

    public RelaySeats Seats { get; } = new(Math.Max(1, row.Connections), clock);

    public RelayFault? Fault => _fault;

    public bool IsUp => _fault is null;

    /// <summary>Processes that send over this relay, us counted: each has its part of the rate.</summary>
    public int SharedBy { get => _sharedBy; set => _sharedBy = Math.Max(1, value); }

    /// <summary>When the try began that found the fault: a timestamp of the clock.</summary>
    public long FaultSeen => Volatile.Read(ref _faultSeen);

    public string Subject => RelayAlerts.Subject(Row);

    /// <returns>True for the first of several connections to see it.</returns>
    public bool Fail(RelayFault fault)
    {
        if (Interlocked.CompareExchange(ref _fault, fault, null) is not null) return false;
        Volatile.Write(ref _faultSeen, clock.GetTimestamp());
        return true;
    }

    /// <summary>It was tried again, and still does not work.</summary>
    public void StillFails(RelayFault fault, long begun)
    {
        _fault = fault;
        Volatile.Write(ref _faultSeen, begun);
    }

    public void Recover()
    {
        Seats.Reset();
        _fault = null;
    }

    /// <summary>It says at present that system mail is wrong by a fault of ours.</summary>
    public bool SystemRefused => Volatile.Read(ref _refusesSystem) == 1;

    /// <summary>System mail is refused by a fault of ours, or is taken again.</summary>
    /// <returns>True where that is new.</returns>
    public bool RefusesSystem(bool refuses) => Interlocked.Exchange(ref _refusesSystem, refuses ? 1 : 0) != (refuses ? 1 : 0);

    /// <summary>Waits for the next place in the configured rate: even steps, no bursts (R78).</summary>
    public async Task PaceAsync(CancellationToken ct)
    {
        if (Row.MessagesPerSecond is not { } rate || rate <= 0) return;
        TimeSpan wait;
        lock (_pacing)
        {
            var now = clock.GetTimestamp();
            var slot = Math.Max(_nextSlot, now);
            _nextSlot = slot + (long)(clock.TimestampFrequency / rate * SharedBy);
            wait = clock.GetElapsedTime(now, slot);
        }
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, ct);
    }

    /// <summary>Whether a changed row asks for another connection.</summary>
    public bool IsFor(RelayRow other) => AreAlike(Row, other);

    /// <summary>Whether two rows mean the same relay, reached in the same way: all of them counts, so that no new field is forgotten.</summary>
    public static bool AreAlike(RelayRow one, RelayRow other) => JsonSerializer.SerializeToUtf8Bytes(one).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other));
}
