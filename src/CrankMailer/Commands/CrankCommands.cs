using System.CommandLine;
using System.CommandLine.Help;
using System.Data.Common;
using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary>The one executable's commands (design §7). Exit codes: 0 done, 1 refused or problems found, 2 bad usage.</summary>
internal static class CrankCommands
{
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = CreateRoot().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors.Select(UsageErrors.Say).Distinct()) await System.Console.Error.WriteLineAsync($"error: {error}");
            await System.Console.Error.WriteLineAsync($"Try '{UsageErrors.NameOf(parsed.CommandResult)} --help'.");
            return ExitCodes.BadUsage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (ProblemException refused)
        {
            return Report.Problems(refused.Problems);
        }
        catch (Exception error) when (Outside(error) is { } reason)
        {
            return Report.Refuse(reason);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Refused; // Ctrl+C
        }
    }

    /// <summary>No RootCommand: that one is named after the executable's file, and people type <c>crankmailer</c>.</summary>
    internal static Command CreateRoot()
    {
        var root = new Command(
            "crankmailer",
            "CrankMailer: from the draft of an issue to every reader's inbox, and back. Without a command it is 'crankmailer serve': console, public pages, API and jobs in one process.")
        {
            ServeCommand.Create(), WorkerCommand.Create(), DemoCommand.Create(),
            IssueCommand.Create(), MjmlCommand.Create(), ScribanCommand.Create(),
            SubscribersCommand.Create(), CampaignCommand.Create(), BounceCommand.Create(),
            SmtpReplyCommand.Create(), DkimCommand.Create(),
            DbCommand.Create(), UserCommand.Create(), KeyCommand.Create(),
            new HelpOption(), new VersionOption(),
        };
        foreach (var option in ServeCommand.Options) root.Add(option);
        root.SetAction(ServeCommand.RunAsync);
        return root;
    }

    /// <summary>What the machine around us refuses: a file, a folder, a database. Anything else is a fault of ours and keeps its trace.</summary>
    private static string? Outside(Exception? error) => error switch
    {
        null => null,
        IOException or UnauthorizedAccessException or DbException => error.Message,
        _ => Outside(error.InnerException),
    };
}
