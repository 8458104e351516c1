using System.ComponentModel.DataAnnotations;
using System.Net;

namespace CrankMailer.Feedback;

/// <summary>Ways in for what comes back.</summary>
public sealed class FeedbackOptions : IValidatableObject
{
    public const string Section = "Feedback";

    /// <summary>Address and port of an SMTP listener for the bounce domain, such as 0.0.0.0:25; empty for none (mail then comes by <c>crankmailer bounce</c>).</summary>
    public string Listen { get; init; } = "";

    /// <summary>The name the listener greets with: what the MX record of the bounce domain names.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>Connections at once; more are told to come later. Bounces come in waves after a campaign.</summary>
    [Range(1, 1000)] public int Connections { get; init; } = 100;

    /// <summary>Octets of one mail; a report with a whole copy of an issue stays far below.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)] public int MessageOctets { get; init; } = 10 * 1024 * 1024;

    public IPEndPoint? Endpoint => IPEndPoint.TryParse(Listen, out var endpoint) ? endpoint : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Listen.Length > 0 && Endpoint is not { Port: > 0 })
            yield return new ValidationResult($"Feedback:Listen is \"{Listen}\"; it must be an address and a port, such as 0.0.0.0:25 or [::]:25.", [nameof(Listen)]);
    }
}
