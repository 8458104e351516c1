namespace CrankMailer.Jobs;

/// <summary>
/// Work bound to time: one scoped class with one method, idempotent. It decides by the database row, never by its trigger,
/// so running it twice, late or on another node does no harm (design §9).
/// </summary>
internal interface IScheduledJob
{
    /// <param name="subject">What the run is for, such as <c>campaign:12</c>; empty for a sweep.</param>
    Task RunAsync(string subject, CancellationToken ct);
}
