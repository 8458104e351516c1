namespace CrankMailer.Delivery.Pump;

/// <summary>A running campaign as this node works on it; read anew every second.</summary>
internal sealed class RunningCampaign(int id, int publicationId, bool capture)
{
    private volatile bool _isRunning = true;

    public int Id { get; } = id;

    public int PublicationId { get; } = publicationId;

    public bool Capture { get; } = capture;

    /// <summary>False from the moment somebody paused, held or cancelled it: nothing more is begun.</summary>
    public bool IsRunning => _isRunning;

    public bool IsFrozen { get; set; }

    /// <summary>Last delivery id this node claimed; claiming goes on behind it.</summary>
    public long After { get; set; }

    /// <summary>Deliveries queued or deferred, as of the last look at the books: zero spares the claim.</summary>
    public long Queued { get; set; }

    public long Deferred { get; set; }

    public void Stop() => _isRunning = false;
}
