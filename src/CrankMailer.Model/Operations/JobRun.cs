namespace CrankMailer.Model.Operations;

/// <summary>Retried: it had failed, and a person had it run again.</summary>
public enum JobOutcome { Running, Succeeded, Failed, Dead, Retried }

/// <summary>One run of a job, for the operator (design §9).</summary>
public sealed class JobRun
{
    public long Id { get; set; }

    /// <summary>Name of the job's class, such as <c>StartDueCampaigns</c>.</summary>
    public string Job { get; set; } = "";

    /// <summary>What it was run for: <c>campaign:12</c>; empty for a sweep.</summary>
    public string Subject { get; set; } = "";
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string Node { get; set; } = "";
    public JobOutcome Outcome { get; set; }

    /// <summary>From 1; a retry is the next number.</summary>
    public int Try { get; set; } = 1;

    /// <summary>When a failed run is tried again by itself.</summary>
    public DateTimeOffset? RetryAt { get; set; }
    public string? Error { get; set; }
}
