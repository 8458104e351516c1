using System.Security.Cryptography;

namespace CrankMailer.Delivery;

/// <summary>How this process sends, decided by the host at start (design §3).</summary>
/// <param name="Capture">True: only campaigns and mails made in capture go out, and only to relays that capture.</param>
/// <param name="Role"><c>serve</c> or <c>worker</c>, as the console shows it.</param>
public sealed record SendingMode(bool Capture, string Role = "serve")
{
    /// <summary>
    /// Name under which this process claims and counts. Its tail is random: in a container every start has the same host name and process id,
    /// and a claim of the process before must not look like ours.
    /// </summary>
    public string Node { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";
}
