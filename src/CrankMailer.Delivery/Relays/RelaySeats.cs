namespace CrankMailer.Delivery.Relays;

/// <summary>
/// How many workers of a relay may use it at once. A relay that takes fewer connections than it is set up with turns the surplus away at the greeting;
/// that says nothing against the connections it keeps, so only the one turned away stands back. One more is tried each minute. Thread-safe.
/// </summary>
internal sealed class RelaySeats(int connections, TimeProvider clock)
{
    private static readonly TimeSpan RaiseAfter = TimeSpan.FromMinutes(1);

    /// <summary>Others of whom nothing was heard for so long hang, too.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    /// <summary>A relay that takes longer for a message has system mail wait for a seat, unless one is kept for it.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private readonly Lock _counting = new();
    private readonly int _most = connections;
    private int _allowed = connections;
    private int _taken;
    private int _talking;
    private int _bulk;
    private bool _isSlow;
    private long _lastTalk = long.MinValue;
    private long _heard;
    private long _changed;

    /// <summary>Connections the relay is thought to take now.</summary>
    public int Allowed
    {
        get
        {
            lock (_counting) return _allowed;
        }
    }

    /// <summary>False where bulk has all seats but the one kept for system mail: a confirmation must not wait until a slow relay is done with a newsletter.
    /// While the relay is quick none is kept, nor is the only one.</summary>
    public bool HasRoomForBulk
    {
        get
        {
            lock (_counting) return !_isSlow || _allowed == 1 || _bulk < _allowed - 1;
        }
    }

    /// <returns>False where there is no room for bulk; else <see cref="EndBulk"/> must follow.</returns>
    public bool TryBeginBulk()
    {
        lock (_counting)
        {
            if (!HasRoomForBulk) return false;
            _bulk++;
            return true;
        }
    }

    /// <param name="took">System mail is not asked for how long it took: it may be quick just because a seat was kept.</param>
    public void EndBulk(TimeSpan took)
    {
        lock (_counting) (_bulk, _isSlow) = (_bulk - 1, took > Slow);
    }

    /// <summary>A seat is kept from message to message, so that a worker turned away does not at once take the place of one that is connected.</summary>
    /// <returns>False where as many are seated as the relay takes.</returns>
    public bool TryTake()
    {
        lock (_counting)
        {
            if (_allowed < _most && clock.GetElapsedTime(_changed) >= RaiseAfter) (_allowed, _changed) = (_allowed + 1, clock.GetTimestamp());
            if (_taken >= _allowed) return false;
            _taken++;
            return true;
        }
    }

    /// <summary>A seated worker turns to the relay.</summary>
    /// <returns>When: for <see cref="TryStandBack"/>.</returns>
    public long Begin()
    {
        lock (_counting)
        {
            var now = clock.GetTimestamp();
            if (_talking++ == 0) _heard = now; // nobody can have been heard before
            return now;
        }
    }

    /// <summary>It is done with its message.</summary>
    /// <param name="talked">The relay spoke with us, whatever it said of the message.</param>
    public void End(bool talked)
    {
        lock (_counting)
        {
            _talking--;
            if (talked) (_lastTalk, _heard) = (clock.GetTimestamp(), clock.GetTimestamp());
        }
    }

    /// <summary>For a worker that was turned away (after <see cref="End"/>): gives its seat up, and lowers what is thought to be taken.</summary>
    /// <param name="begun">When it had turned to the relay.</param>
    /// <param name="answered">The relay itself sent it away; false where it was not reached, which only somebody served meanwhile speaks against.</param>
    /// <returns>False where no other connection works: the relay itself is down. The seat is kept.</returns>
    public bool TryStandBack(long begun, bool answered)
    {
        lock (_counting)
        {
            var othersGoOn = answered && _talking > 0 && clock.GetElapsedTime(_heard) < Recent;
            if (!othersGoOn && _lastTalk < begun) return false;
            _allowed = Math.Max(1, _allowed - 1);
            _changed = clock.GetTimestamp();
            _taken--;
            return true;
        }
    }

    /// <summary>The relay was down and works again: what it took before says little.</summary>
    public void Reset()
    {
        lock (_counting) _allowed = _most;
    }
}
