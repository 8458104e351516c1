using System.CommandLine;
using System.Data.Common;
using CrankMailer.Feedback;
using CrankMailer.Feedback.Reading;
using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary><c>bounce</c>: what came back, read from a mail pipe, a file or a folder, and recorded.</summary>
internal static class BounceCommand
{
    private static readonly Argument<string> Input = new("input") { Description = "A mail, a mailbox file, a folder of mails, or - for standard input." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only say what the mails report; record nothing, need no database." };
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option<string?> Data = CommonOptions.Data();

    public static Command Create()
    {
        var command = new Command(
            "bounce",
            "Read bounces and complaints, and record what follows from them. As a mail pipe it exits with 75 when it cannot write, so that the mail server tries again. "
            + "Example: crankmailer bounce --dry-run --json returned.eml") { Input, DryRun, Json, Data };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var (input, json) = (result.GetRequiredValue(Input), result.GetValue(Json));
        var files = BounceInput.Find(input);
        return result.GetValue(DryRun) ? await ShowAsync(files, json, ct) : await RecordAsync(files, result.GetValue(Data), json, ct);
    }

    private static async Task<int> ShowAsync(IReadOnlyList<(string Name, string Path)> files, bool json, CancellationToken ct)
    {
        foreach (var (name, path) in files)
            foreach (var report in BounceReader.Read(await BounceInput.ReadAsync(path, ct), Envelope(path)))
                Print(BounceLine.Of(name, report), json);
        return ExitCodes.Done;
    }

    private static async Task<int> RecordAsync(IReadOnlyList<(string Name, string Path)> files, string? data, bool json, CancellationToken ct)
    {
        // The mail is taken whole before the database is asked for: a server may be slow to send it.
        var first = await BounceInput.ReadAsync(files.Count > 0 ? files[0].Path : "-", ct);
        try
        {
            await using var host = await CommandHost.OpenAsync(data, ct);
            var handler = host.Services.GetRequiredService<FeedbackHandler>();
            for (var i = 0; i < files.Count; i++)
            {
                var (name, path) = files[i];
                var reports = BounceReader.Read(i == 0 ? first : await BounceInput.ReadAsync(path, ct), Envelope(path));
                foreach (var handled in await handler.HandleAsync(reports, path == "-" ? "pipe" : "file", ct)) Print(RecordedLine.Of(name, handled), json);
            }
            return ExitCodes.Done;
        }
        catch (Exception error) when (CannotWrite(error) is { } reason)
        {
            Report.Refuse(reason);
            return ExitCodes.TryAgain;
        }
    }

    /// <summary>The database is away, locked, or of another version: none of it is the mail's fault, so it must not be lost.</summary>
    private static string? CannotWrite(Exception? error) => error switch
    {
        ProblemException { Problems: var problems } when problems.All(problem => problem.Code is "no-database" or "schema" or "setting") => string.Join(' ', problems.Select(problem => problem.Text)),
        DbException or IOException or UnauthorizedAccessException or TimeoutException => error.Message,
        null => null,
        _ => CannotWrite(error.InnerException),
    };

    /// <summary>Whom the mail was sent to, as Postfix and Exim tell a pipe; our token stands there.</summary>
    private static string[] Envelope(string path) =>
        path == "-" ? [.. new[] { "ORIGINAL_RECIPIENT", "RECIPIENT" }.Select(Environment.GetEnvironmentVariable).OfType<string>()] : [];

    private static void Print(BounceLine line, bool json)
    {
        if (json) Report.WriteLine((object)line);
        else System.Console.Out.WriteLine($"{line.File}: {line.Kind} {line.React} {line.Recipient ?? "(nobody named)"} {line.Status} {line.Reason}{(line is RecordedLine recorded ? $" → {Words(recorded)}" : "")}");
    }

    private static string Words(RecordedLine line) => line.SeenBefore ? "known already" : line.Outcome?.ToString().ToLowerInvariant() ?? "nothing to keep";
}
