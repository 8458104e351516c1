using System.CommandLine;
using CrankMailer.Mail.Rules;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Commands;

/// <summary><c>smtp-reply</c>: how a reply is classed, and what would follow.</summary>
internal static class SmtpReplyCommand
{
    private static readonly Argument<string?> Text = new("text") { Description = "The reply, such as '550 5.1.1 user unknown'; \\n in it is a line's end.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Receiver = new("--receiver") { Description = "Who said it: google, yahoo, microsoft …, or a domain or MX host of theirs." };
    private static readonly Option<string?> Phase = new("--phase") { Description = "Where it was said: connect, ehlo, starttls, auth, mail, rcpt, data, dot. Without it: rcpt." };
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
        if (result.GetValue(Phase) is { } phase && ReplyTable.FindPhase(phase) is null)
        {
            System.Console.Error.WriteLine($"error: --phase {phase} is not known: connect, ehlo, starttls, auth, mail, rcpt, data, dot or quit.");
            return ExitCodes.BadUsage;
        }
        if (result.GetValue(Text) is not { } text)
        {
            System.Console.Error.WriteLine("error: give the reply's text, or a table with --file TSV.");
            return ExitCodes.BadUsage;
        }
        var row = new ReplyRow(result.GetValue(Receiver), result.GetValue(Phase), text);
        if (row.Reply is null) return Report.Refuse(ReplyRow.NoReply(text));
        WarnOfUnknown([row]);
        var classified = Classify(row);
        if (result.GetValue(Json)) Report.Write(classified);
        else System.Console.Out.WriteLine($"{classified.Class}: {classified.Reaction}");
        return ExitCodes.Done;
    }

    /// <summary>A line a row, also of one that cannot be read, so that both can be laid side by side.</summary>
    private static int ClassifyTable(InputText input)
    {
        var table = ReplyTable.Read(input);
        WarnOfUnknown(table.Rows);
        foreach (var row in table.Rows) Report.WriteLine(Classify(row));
        return Report.Problems(table.Problems);
    }

    /// <summary>A misspelt receiver is classed by the rules for all; whoever asked must know that.</summary>
    private static void WarnOfUnknown(IReadOnlyList<ReplyRow> rows)
    {
        var unknown = rows.Select(row => row.Receiver ?? "").Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => name.Length > 0 && name != Receivers.Other.Name && !Known().Contains(NameOf(name), StringComparer.OrdinalIgnoreCase)).Select(name => $"'{name}'").ToList();
        if (unknown.Count == 0) return;
        System.Console.Error.WriteLine($"warning: not known as a receiver, and so classed as anybody's: {string.Join(", ", unknown)}. Known are: {string.Join(", ", Known())}.");
    }

    private static IEnumerable<string> Known() => Receivers.Default.Names.Union(ReplyRules.Default.Receivers, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the rules for a name, a mail domain or an MX host.</summary>
    private static string? NameOf(string? receiver)
    {
        if (string.IsNullOrEmpty(receiver) || Known().Contains(receiver, StringComparer.OrdinalIgnoreCase)) return receiver;
        if (Receivers.Default.FindByDomain(receiver) is var byDomain && byDomain != Receivers.Other) return byDomain.Name;
        return Receivers.Default.FindByMx(receiver) is var byMx && byMx != Receivers.Other ? byMx.Name : receiver;
    }

    internal static ClassifiedReply Classify(ReplyRow row)
    {
        if (row.Reply is not { } reply) return new ClassifiedReply(row.Receiver, row.Phase, row.Text, null, null, null, row.Error);
        var phase = ReplyTable.FindPhase(row.Phase ?? "") ?? SmtpPhase.Rcpt; // most refusals come there
        var verdict = ReplyRules.Default.Classify(NameOf(row.Receiver), phase, reply);
        return new ClassifiedReply(row.Receiver, row.Phase, row.Text, verdict.Class.Name, verdict.Reaction, (int?)verdict.RetryAfter?.TotalSeconds, null);
    }
}

/// <param name="RetryAfterSeconds">Where the reply names a time; five minutes to four hours.</param>
internal sealed record ClassifiedReply(string? Receiver, string? Phase, string Reply, string? Class, string? Reaction, int? RetryAfterSeconds, string? Error);
