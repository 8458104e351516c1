namespace CrankMailer.Delivery.Pump;

/// <summary>What is kept of one SMTP transaction (R92).</summary>
/// <param name="Class">By the reply rules.</param>
internal sealed record AttemptFacts(string Phase, int? Code, string? EnhancedCode, string? Reply, string? Class, string? Remote, string? Tls);
