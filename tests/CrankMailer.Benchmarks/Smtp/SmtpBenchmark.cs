using System.CommandLine;

namespace CrankMailer.Benchmarks.Smtp;

/// <summary>
/// <c>smtp</c>: a campaign's messages composed, signed and handed over on loopback to Debian's smtp-sink, beside smtp-source, nodemailer and, where signed, beside the
/// bare signature with its hash and encoding.
/// </summary>
internal static class SmtpBenchmark
{
    private static readonly Option<int[]> Kilobytes = new("--kilobytes") { Description = "Sizes of the message.", DefaultValueFactory = _ => [5, 75], AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int[]> Connections = new("--connections") { Description = "Connections to the sink.", DefaultValueFactory = _ => [1, 10], AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> Signing = new("--signing") { Description = "none, rsa or both.", DefaultValueFactory = _ => "both" };
    private static readonly Option<int> Messages = new("--messages") { Description = "For each sender and round; nodemailer sends a tenth.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Of which the medians are taken.", DefaultValueFactory = _ => 15 };
    private static readonly Option<bool> WithoutNodemailer = new("--without-nodemailer") { Description = "Measures beside smtp-source only." };

    public static Command Create()
    {
        Kilobytes.Validators.Add(result => { if ((result.GetValueOrDefault<int[]>() ?? []).Any(n => n is < 5 or > 10_000)) result.AddError("--kilobytes is 5 to 10000: the headers and 30 holes of a campaign take 4."); });
        Connections.Validators.Add(result => { if ((result.GetValueOrDefault<int[]>() ?? []).Any(n => n is < 1 or > 100)) result.AddError("--connections is 1 to 100."); });
        Messages.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 100) result.AddError("--messages is at least 100."); });
        Rounds.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 1) result.AddError("--rounds is at least 1."); });
        Signing.AcceptOnlyFromAmong("both", "none", "rsa");
        var command = new Command("smtp", "Messages a second, CPU and memory of composing, signing and handing over to Debian's smtp-sink. Example: smtp --kilobytes 75 --connections 10 --signing none")
        {
            Kilobytes, Connections, Signing, Messages, Rounds, WithoutNodemailer,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var (tools, problem) = await PostfixTools.FindAsync(ct);
        if (tools is null)
        {
            await System.Console.Error.WriteLineAsync($"error: {problem}");
            return 1;
        }
        var nodemailer = result.GetValue(WithoutNodemailer) ? null : await NodemailerSender.InstallAsync(ct);
        var isWhole = nodemailer is not null || result.GetValue(WithoutNodemailer);
        if (!isWhole) await System.Console.Error.WriteLineAsync("error: nodemailer is not to be had, so it is left out. --without-nodemailer measures without it.");
        foreach (var cell in Cells(result))
        {
            try
            {
                SmtpReport.Print(cell, await cell.MeasureAsync(tools, nodemailer, result.GetValue(Messages), result.GetValue(Rounds), ct));
            }
            catch (InvalidOperationException e)
            {
                // A figure of messages that did not arrive is none.
                await System.Console.Error.WriteLineAsync($"error: {cell}: {e.Message}");
                return 1;
            }
        }
        return isWhole ? 0 : 1;
    }

    private static IEnumerable<SmtpCell> Cells(ParseResult result) =>
        from signed in result.GetValue(Signing) switch { "none" => new[] { false }, "rsa" => [true], _ => [false, true] }
        from kilobytes in result.GetRequiredValue(Kilobytes)
        from connections in result.GetRequiredValue(Connections)
        select new SmtpCell(kilobytes, connections, signed);
}
