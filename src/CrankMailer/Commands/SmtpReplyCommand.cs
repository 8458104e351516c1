using System.CommandLine;
using CrankMailer.Mail.Rules;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary><c>smtp-reply</c>: how a reply is classed, and what would follow.</summary>
internal static class SmtpReplyCommand
{
    private static readonly Argument<string?> Text = new("text") { Description = "The reply, such as '550 5.1.1 user unknown'.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Receiver = new("--receiver") { Description = "Who said it: google, yahoo, microsoft …" };
    private static readonly Option<string?> Phase = new("--phase") { Description = "Where it was said: connect, ehlo, auth, mail, rcpt, data, dot." };
    private static readonly Option<string?> Table = new("--file") { Description = "A TSV with the columns receiver, phase, reply: one JSON line a row." };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("smtp-reply", "Class an SMTP reply. Example: crankmailer smtp-reply '421 4.7.28 rate limited' --receiver google") { Text, Receiver, Phase, Table, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        if (result.GetValue(Table) is { } file) return ClassifyTable(await InputText.ReadAsync(file, ct));
        if (result.GetValue(Phase) is { } phase && !Enum.TryParse<SmtpPhase>(phase, ignoreCase: true, out _))
        {
            System.Console.Error.WriteLine($"error: --phase {phase} is not known: connect, ehlo, starttls, auth, mail, rcpt, data, dot or quit.");
            return ExitCodes.BadUsage;
        }
        if (result.GetValue(Text) is not { } text)
        {
            System.Console.Error.WriteLine("error: give the reply's text, or a table with --file TSV.");
            return ExitCodes.BadUsage;
        }
        if (SmtpReply.Find(text) is not { } reply) return Report.Refuse(NoReply(text));
        WarnOfUnknown(result.GetValue(Receiver));
        var classified = Classify(result.GetValue(Receiver), result.GetValue(Phase), text, reply);
        if (result.GetValue(Json)) Report.Write(classified);
        else System.Console.Out.WriteLine($"{classified.Class}: {classified.Reaction}");
        return ExitCodes.Done;
    }

    private static int ClassifyTable(InputText table)
    {
        var lines = table.Text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var start = lines.FindIndex(line => line.Length > 0 && !line.StartsWith('#'));
        var header = start < 0 ? [] : lines[start].Split('\t');
        var (receiver, phase, reply) = (Array.IndexOf(header, "receiver"), Array.IndexOf(header, "phase"), Array.IndexOf(header, "reply"));
        if (reply < 0)
            return Report.Problems([new Problem(Severity.Error, "", "the first line must name the columns, 'reply' among them (also 'receiver' and 'phase').", table.Name, start + 1, 1)]);
        var problems = new List<Problem>();
        var receivers = new HashSet<string?>();
        for (var i = start + 1; i < lines.Count; i++)
        {
            if (lines[i].Length == 0 || lines[i].StartsWith('#')) continue;
            var cells = lines[i].Split('\t');
            string? Cell(int index) => index >= 0 && index < cells.Length ? cells[index] : null;
            var text = Cell(reply) ?? "";
            if (SmtpReply.Find(text) is not { } found)
            {
                problems.Add(new Problem(Severity.Error, "no-reply", NoReply(text), table.Name, i + 1, 1));
                continue;
            }
            if (receivers.Add(Cell(receiver))) WarnOfUnknown(Cell(receiver));
            Report.WriteLine(Classify(Cell(receiver), Cell(phase), text, found));
        }
        return Report.Problems(problems);
    }

    private static string NoReply(string text) => $"this is no SMTP reply: '{text}'. A reply begins with a code from 200 to 599, such as '550 5.1.1 user unknown'.";

    /// <summary>A misspelt receiver is classed by the rules for all; whoever asked must know that.</summary>
    private static void WarnOfUnknown(string? receiver)
    {
        if (string.IsNullOrEmpty(receiver) || receiver == Receivers.Other.Name) return;
        var known = Receivers.Default.Names.Union(ReplyRules.Default.Receivers, StringComparer.OrdinalIgnoreCase).ToList();
        if (known.Contains(receiver, StringComparer.OrdinalIgnoreCase)) return;
        System.Console.Error.WriteLine($"warning: the receiver '{receiver}' is not known, so its reply is classed as anybody's. Known are: {string.Join(", ", known)}.");
    }

    private static Classified Classify(string? receiver, string? phase, string text, SmtpReply reply)
    {
        var place = Enum.TryParse<SmtpPhase>(phase, ignoreCase: true, out var known) ? known : SmtpPhase.Rcpt; // most refusals come there
        var verdict = ReplyRules.Default.Classify(receiver, place, reply);
        return new Classified(receiver, phase, text, verdict.Class.Name, verdict.Reaction);
    }

    private sealed record Classified(string? Receiver, string? Phase, string Reply, string Class, string Reaction);
}
