using CrankMailer.Model.Publications;

namespace CrankMailer.Delivery.Relays;

/// <summary>One relay in use: its connections' pace, and whether it works. Thread-safe.</summary>
internal sealed class RelayLane(RelayRow row, IRelay relay, TimeProvider clock)
{
    private readonly Lock _pacing = new();
    private long _nextSlot = clock.GetTimestamp();
    private volatile RelayFault? _fault;

    public RelayRow Row { get; } = row;

    public IRelay Relay { get; } = relay;

    public RelayFault? Fault => _fault;

    public bool IsUp => _fault is null;

    public string Subject => $"Relay “{Row.Name}” ({Row.Host}:{Row.Port})";

    /// <returns>True for the first of several connections to see it.</returns>
    public bool Fail(RelayFault fault) => Interlocked.CompareExchange(ref _fault, fault, null) is null;

    public void Recover() => _fault = null;

    /// <summary>Waits for this message's place in the configured rate: even steps, no bursts.</summary>
    public async Task PaceAsync(CancellationToken ct)
    {
        if (Row.MessagesPerSecond is not { } rate || rate <= 0) return;
        TimeSpan wait;
        lock (_pacing)
        {
            var now = clock.GetTimestamp();
            var slot = Math.Max(_nextSlot, now);
            _nextSlot = slot + (long)(clock.TimestampFrequency / rate);
            wait = clock.GetElapsedTime(now, slot);
        }
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, ct);
    }

    /// <summary>Whether a changed row asks for another connection.</summary>
    public bool IsFor(RelayRow other) =>
        (Row.Host, Row.Port, Row.Security, Row.UserName, Row.HelloName, Row.Connections, Row.MessagesPerConnection, Row.MessagesPerSecond, Row.Priority, Row.Captures, Row.Name)
            == (other.Host, other.Port, other.Security, other.UserName, other.HelloName, other.Connections, other.MessagesPerConnection, other.MessagesPerSecond, other.Priority, other.Captures, other.Name)
        && (Row.Password ?? []).AsSpan().SequenceEqual(other.Password ?? []);
}
