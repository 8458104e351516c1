using System.CommandLine;
using System.Diagnostics;
using CrankMailer.Mail.Listener;
using CrankMailer.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Benchmarks;

/// <summary>
/// <c>campaign</c>: a whole campaign, from freezing to the last verdict, to a relay in this process. The baseline hands a message of that campaign to
/// the same relay over as many connections as often, without composing, signing or a ledger: what is above it is ours.
/// </summary>
internal static class CampaignBenchmark
{
    private const int WarmUp = 500;

    private static readonly Option<int> Recipients = new("--recipients") { Description = "How many readers.", DefaultValueFactory = _ => 10_000 };
    private static readonly Option<string> Database = new("--database") { Description = "sqlite or postgres.", DefaultValueFactory = _ => "sqlite" };
    private static readonly Option<int> Kilobytes = new("--kilobytes") { Description = "Size of the edition's HTML.", DefaultValueFactory = _ => 60 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections to the relay.", DefaultValueFactory = _ => 10 };

    public static Command Create()
    {
        Recipients.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 1) result.AddError("--recipients is at least 1."); });
        Database.AcceptOnlyFromAmong("sqlite", "postgres");
        var command = new Command("campaign", "Messages a second, CPU and memory of a campaign to a relay in this process. Example: campaign --recipients 10000 --database postgres")
        {
            Recipients, Database, Kilobytes, Connections,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var (recipients, connections) = (result.GetValue(Recipients), result.GetValue(Connections));
        var engine = result.GetValue(Database) == "postgres" ? DatabaseEngine.Postgres : DatabaseEngine.Sqlite;
        var sink = new RelaySink();
        await using var listener = SmtpListener.Start(new SmtpListenerOptions(), sink, TimeProvider.System, NullLogger.Instance);
        await using var place = await CampaignPlace.CreateAsync(engine, listener.Endpoint.Port, connections, result.GetValue(Kilobytes), ct);
        if (place is null)
        {
            await System.Console.Error.WriteLineAsync("error: PostgreSQL is not installed here (initdb and postgres). Take --database sqlite.");
            return 1;
        }
        // The first campaign pays for the just-in-time compiler; its first mail is what the baseline sends.
        await place.RunCampaignAsync(await place.AddListAsync("warm-up", WarmUp, ct), ct);
        var list = await place.AddListAsync("readers", recipients, ct);
        System.Console.WriteLine($"{recipients} messages of {sink.First.Length / 1024} KB over {connections} connections, {engine}; the relay runs in the same process and is in all figures.");

        var campaign = await MeasureAsync(recipients, () => place.RunCampaignAsync(list, ct));
        Print("campaign", campaign, $", peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024} MB");
        var taken = sink.Count;
        var bare = await MeasureAsync(recipients, () => BareSmtpLoop.RunAsync(listener.Endpoint, sink.First, recipients, connections, ct));
        Print("bare SMTP client", bare, "");
        System.Console.WriteLine($"ratio: {bare.Rate / campaign.Rate:0.0} times the time, {campaign.Cpu / bare.Cpu:0.0} times the CPU");
        // A figure of messages that did not arrive is none.
        if (taken == WarmUp + recipients && sink.Count == taken + recipients) return 0;
        await System.Console.Error.WriteLineAsync($"error: the relay took {taken} messages of {WarmUp + recipients}, and {sink.Count - taken} of the baseline's {recipients}.");
        return 1;
    }

    private static async Task<Figures> MeasureAsync(int messages, Func<Task> run)
    {
        GC.Collect();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var (allocated, collections) = (GC.GetTotalAllocatedBytes(), GC.CollectionCount(2));
        var watch = Stopwatch.StartNew();
        await run();
        watch.Stop();
        return new Figures(messages / watch.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / messages * 1000,
            (GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / messages, GC.CollectionCount(2) - collections);
    }

    private static void Print(string name, Figures figures, string more) =>
        System.Console.WriteLine($"{name,-18}{figures.Rate,8:0} messages/s, {figures.Cpu:0.00} CPU s per 1,000, {figures.Allocated:0.0} KB allocated a message, {figures.FullCollections} full collections{more}");

    /// <param name="Rate">Messages a second.</param>
    /// <param name="Cpu">CPU seconds for 1,000 messages.</param>
    /// <param name="Allocated">KB for a message, the relay's share included.</param>
    /// <param name="FullCollections">Of the garbage collector.</param>
    private sealed record Figures(double Rate, double Cpu, double Allocated, int FullCollections);
}
