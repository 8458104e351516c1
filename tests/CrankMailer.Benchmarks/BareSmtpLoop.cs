using System.Net;
using CrankMailer.Mail.Headers;
using CrankMailer.Mail.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Benchmarks;

/// <summary>The baseline of a campaign: the same octets again and again, over kept connections, with nothing before and nothing after.</summary>
internal static class BareSmtpLoop
{
    public static async Task RunAsync(IPEndPoint relay, ReadOnlyMemory<byte> message, int count, int connections, CancellationToken ct)
    {
        var endpoint = new SmtpEndpoint { Host = relay.Address.ToString(), Port = relay.Port, HeloName = "[127.0.0.1]", Security = SmtpSecurity.None };
        var limits = new SmtpPoolLimits { Connections = connections, MessagesPerConnection = CampaignPlace.MessagesPerConnection };
        await using var client = new SmtpRelayClient(endpoint, limits, TimeProvider.System, NullLogger.Instance);
        var transaction = new SmtpTransaction(EmailAddress.Create("bounce@news.example.test"), EmailAddress.Create("reader@example.org"), message);
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(SendAsync, ct)));

        async Task SendAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0)
                if (await client.SendAsync(transaction, ct) is not SmtpOutcome.Accepted) throw new InvalidOperationException("The relay of the benchmark refused a message.");
        }
    }
}
