using System.Diagnostics;
using System.Text;
using CrankMailer.Mail.Listener;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Delivery;

/// <summary>Not a test: run by hand with <c>-explicit only -class CrankMailer.Tests.Delivery.ThroughputRun</c>; prints the rate and the memory.</summary>
public sealed class ThroughputRun
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData(DatabaseEngine.Sqlite, 10_000, 60)]
    [InlineData(DatabaseEngine.Postgres, 10_000, 60)]
    public async Task Ten_thousand_to_a_listener_in_this_process(DatabaseEngine engine, int people, int kilobytes)
    {
        await using var world = await World.CreateAsync(engine);
        var sink = new Sink();
        await using var listener = SmtpListener.Start(new SmtpListenerOptions(), sink, TimeProvider.System, NullLogger.Instance);
        await world.UseRelayAsync(listener.Endpoint.Port, connections: 10);
        await using (var db = world.Open())
        {
            var filler = new StringBuilder("<div>");
            while (filler.Length < kilobytes * 1024) filler.Append("<p>A sentence of the issue that goes on for a while, with a café.</p>\n");
            await db.Editions.ExecuteUpdateAsync(s => s.SetProperty(e => e.Html, Samples.Html("en").Replace("</td>", filler + "</div></td>")), Ct);
            await db.Relays.ExecuteUpdateAsync(s => s.SetProperty(r => r.MessagesPerConnection, 10_000), Ct);
        }
        await world.AddSubscribersAsync(people);
        var campaign = await world.StartCampaignAsync();
        GC.Collect();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(() => sink.Count > 0, "the first message");
        var first = watch.Elapsed;
        await Eventually.HoldsAsync(() => sink.Count >= people, "the last message");
        watch.Stop();
        await world.UntilAsync(campaign, CampaignState.Done);
        var process = Process.GetCurrentProcess();
        System.Console.WriteLine(
            $"{engine}: {people} messages of {sink.Octets / Math.Max(1, sink.Count) / 1024} KB in {watch.Elapsed.TotalSeconds:0.0} s = {people / watch.Elapsed.TotalSeconds:0} a second, first after {first.TotalSeconds:0.00} s, " +
            $"{(process.TotalProcessorTime - cpu).TotalSeconds / people * 1000:0.00} CPU-s per 1,000 (listener in the same process), peak working set {process.PeakWorkingSet64 / 1024 / 1024} MB");
        Assert.Equal(people, sink.Count);
    }

    private sealed class Sink : ISmtpMailHandler
    {
        private int _count;
        private long _octets;

        public int Count => _count;

        public long Octets => _octets;

        public ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, string sender, string recipient, CancellationToken ct) => new(ScriptedRelay.Ok);

        public ValueTask<SmtpReply> MessageAsync(ReceivedMail mail, CancellationToken ct)
        {
            Interlocked.Increment(ref _count);
            Interlocked.Add(ref _octets, mail.Message.Length);
            return new(ScriptedRelay.Ok);
        }
    }
}
