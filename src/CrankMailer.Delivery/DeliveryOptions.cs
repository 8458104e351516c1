using System.ComponentModel.DataAnnotations;
using CrankMailer.Mail.Smtp;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery;

/// <summary>Settings of the stage. Every default is right for a monthly to some hundred thousand readers over one relay.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>A start this late, or a running campaign untouched for so long, is held for a person (design §3). News of two hours ago may be wrong.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan LateAfter { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long a claim is its node's without renewal. Short: a lost node's share waits for it. Renewed at a third of it.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")] public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Deliveries claimed at once. Larger saves transactions, smaller gives back less at a stop.</summary>
    [Range(1, 5000)] public int ClaimBatch { get; init; } = 200;

    /// <summary>What one freezing transaction aims at. The design allows 250 ms on SQLite; half of it leaves room for a slow disk.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:00.250")] public TimeSpan FreezeTransaction { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a stop waits for messages in flight. systemd and container run-times kill after 30 s or more.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")] public TimeSpan DrainFor { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Wait after the first deferral. Greylisting opens after five minutes (R81, RFC 6647).</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")] public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Wait after the second; doubled from then on (RFC 5321 4.5.4.1: at least 30 minutes).</summary>
    [Range(typeof(TimeSpan), "00:30:00", "1.00:00:00")] public TimeSpan LaterRetry { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The longest wait between two tries.</summary>
    [Range(typeof(TimeSpan), "00:30:00", "1.00:00:00")] public TimeSpan LongestRetry { get; init; } = TimeSpan.FromHours(4);

    /// <summary>When retrying ends in a soft bounce (R81). RFC 5321 says 4–5 days; news goes stale.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "5.00:00:00")] public TimeSpan RetryHorizon { get; init; } = TimeSpan.FromHours(48);

    /// <summary>First wait after a relay could not be reached; doubled up to five minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")] public TimeSpan RelayRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long each phase of a conversation with a relay may take (R67).</summary>
    [ValidateObjectMembers] public SmtpTimeouts Timeouts { get; init; } = new();

    /// <summary>Domain of the envelope sender (R37, R64). Null: the domain of the publication's sender.</summary>
    public string? BounceDomain { get; init; }

    /// <summary>
    /// Root of the links in the body of a mail where it is not the publication's public address: the demonstration runs on localhost while its
    /// headers must name https (issue 2, point 6). Null everywhere else.
    /// </summary>
    public string? LinkBase { get; init; }

    /// <summary>Root of this installation, used in links of a publication that has no <c>public_url</c> of its own.</summary>
    public string? InstallationUrl { get; init; }

    /// <summary>Adds <c>mailto:unsub+TOKEN@bounce-domain</c> behind the https address (R40, R52). Only where mail to that domain comes back to us.</summary>
    public bool MailtoUnsubscribe { get; init; }
}
