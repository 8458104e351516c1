using System.CommandLine;
using CrankMailer.Benchmarks;
using CrankMailer.Benchmarks.Smtp;

// One class a benchmark, one line here for each.
var root = new RootCommand("What CrankMailer costs, each figure beside a baseline of the same run. Example: dotnet run -c Release --project tests/CrankMailer.Benchmarks -- campaign")
{
    CampaignBenchmark.Create(),
    ScribanBenchmark.Create(),
    MjmlBenchmark.Create(),
    SmtpBenchmark.Create(),
    OurSender.Create(),
};
root.SetAction(_ => root.Parse("--help").Invoke());
var parsed = root.Parse(args);
if (parsed.Errors.Count == 0) return await parsed.InvokeAsync();
foreach (var error in parsed.Errors) await System.Console.Error.WriteLineAsync($"error: {error.Message}");
await System.Console.Error.WriteLineAsync("--help lists the benchmarks.");
return 2;
