using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Benchmarks.Smtp;

/// <summary>The process that is measured: composes with the plan of a campaign and hands over with the relay client, as Delivery's senders do, one loop a connection.</summary>
internal static class OurSender
{
    public const string CommandName = "smtp-sender";

    private static readonly Argument<int> Kilobytes = new("kilobytes");
    private static readonly Argument<int> Connections = new("connections");
    private static readonly Argument<string> Signing = new("signing");

    /// <summary>For <see cref="SenderProcess"/>, not for people.</summary>
    public static Command Create()
    {
        var command = new Command(CommandName) { Kilobytes, Connections, Signing };
        command.Hidden = true;
        command.SetAction(RunAsync);
        return command;
    }

    public static SenderProcess Start(int kilobytes, int connections, bool signed)
    {
        string[] arguments = [CommandName, kilobytes.ToString(CultureInfo.InvariantCulture), connections.ToString(CultureInfo.InvariantCulture), signed ? "rsa" : "none"];
        return SenderProcess.Start(Environment.ProcessPath ?? throw new InvalidOperationException("No path of this program."), arguments, AppContext.BaseDirectory);
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var campaign = SampleCampaign.Make(result.GetValue(Kilobytes) * 1024, result.GetValue(Signing) == "rsa");
        while (await System.Console.In.ReadLineAsync(ct) is { } line)
        {
            var words = line.Split(' ');
            var (port, messages) = (int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture));
            try
            {
                await System.Console.Out.WriteLineAsync(JsonSerializer.Serialize(await SendAsync(campaign, port, messages, result.GetValue(Connections), ct)));
            }
            catch (MessageNotTakenException e)
            {
                await System.Console.Error.WriteLineAsync($"error: {e.Message}");
                return 1;
            }
        }
        return 0;
    }

    private static async Task<SendFigures> SendAsync(SampleCampaign campaign, int port, int messages, int connections, CancellationToken ct)
    {
        var endpoint = new SmtpEndpoint { Host = "127.0.0.1", Port = port, HeloName = "[127.0.0.1]", Security = SmtpSecurity.None };
        var limits = new SmtpPoolLimits { Connections = connections, MessagesPerConnection = int.MaxValue };
        GC.Collect();
        var (cpu, allocated, compiled, watch) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), JitInfo.GetCompiledMethodCount(), Stopwatch.StartNew());
        await using (var client = new SmtpRelayClient(endpoint, limits, TimeProvider.System, NullLogger.Instance))
        {
            var left = messages;
            await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(LoopAsync, ct)));

            async Task LoopAsync()
            {
                using var buffer = new MessageBuffer();
                var values = campaign.Composer.NewValues();
                for (var number = Interlocked.Decrement(ref left); number >= 0; number = Interlocked.Decrement(ref left))
                {
                    var mail = campaign.Compose(buffer, values, number);
                    // What the ledger costs is not asked here: its commit is done at once.
                    var outcome = await client.SendAsync(new SmtpTransaction(mail.Sender, mail.Recipient, mail.Message) { BeforeFinalDot = _ => ValueTask.CompletedTask }, ct);
                    if (outcome is not SmtpOutcome.Accepted) throw new MessageNotTakenException(outcome);
                }
            }
        }
        watch.Stop();
        return new SendFigures(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, messages, Process.GetCurrentProcess().PeakWorkingSet64,
            GC.GetTotalAllocatedBytes() - allocated, JitInfo.GetCompiledMethodCount() - compiled);
    }

    private sealed class MessageNotTakenException(SmtpOutcome outcome) : Exception($"A message was not taken:\n{string.Join('\n', outcome.Transcript)}");
}
