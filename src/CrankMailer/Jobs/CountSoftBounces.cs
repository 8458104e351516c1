using CrankMailer.Feedback;
using CrankMailer.Model;

namespace CrankMailer.Jobs;

/// <summary>Suppresses whom three campaigns in a row could not reach (R105).</summary>
internal sealed class CountSoftBounces(SoftBounces softBounces, TimeProvider clock) : IScheduledJob
{
    /// <summary>More than a day, so that a day without a running process loses none.</summary>
    private static readonly TimeSpan LookedAt = TimeSpan.FromDays(7);

    public Task RunAsync(string subject, CancellationToken ct) => softBounces.CountAsync(clock.Instant() - LookedAt, ct);
}
