namespace CrankMailer.Delivery.Pump;

/// <summary>A running campaign as this node works on it; read anew every second.</summary>
/// <param name="row">As it was found running.</param>
/// <param name="begun">When this node took it up, a timestamp of the clock: a fault seen earlier says nothing of now.</param>
internal sealed class RunningCampaign(CampaignRow row, long begun, DateTimeOffset seenAt)
{
    private volatile bool _isRunning = true;
    private long _seenAt = seenAt.UtcTicks;

    public int Id { get; } = row.Id;

    public int PublicationId { get; } = row.PublicationId;

    public bool Capture { get; } = row.Capture;

    public long Begun { get; } = begun;

    /// <summary>False from the moment somebody paused, held or cancelled it: nothing more is begun.</summary>
    public bool IsRunning => _isRunning;

    public bool IsFrozen { get; set; } = row.IsFrozen;

    /// <summary>Last delivery id this node claimed; claiming goes on behind it.</summary>
    public long After { get; set; }

    /// <summary>Deliveries queued or deferred, as of the last look at the books: zero spares the claim.</summary>
    public long Queued { get; set; }

    public long Deferred { get; set; }

    public void Stop() => _isRunning = false;

    /// <summary>Its row was looked at, and it may go on.</summary>
    public void Seen(DateTimeOffset at) => Volatile.Write(ref _seenAt, at.UtcTicks);

    /// <summary>
    /// Whether a message of it may be begun: it runs, and its row was looked at lately. A machine that wakes from sleep goes on in the middle of every
    /// loop, and must not send before it has looked whether the campaign is still to be sent.
    /// </summary>
    public bool MayBegin(DateTimeOffset now, TimeSpan late) => IsRunning && now.UtcTicks - Volatile.Read(ref _seenAt) <= late.Ticks;
}

/// <param name="LastWrite">When anybody last worked on it.</param>
internal sealed record CampaignRow(int Id, int PublicationId, bool Capture, bool IsFrozen, DateTimeOffset LastWrite);
