using System.CommandLine;
using CrankMailer.Hosting;

namespace CrankMailer.Commands;

/// <summary><c>worker</c>: jobs and sending only, for more machines on PostgreSQL.</summary>
internal static class WorkerCommand
{
    private static readonly Option<string?> Data = CommonOptions.Data();
    private static readonly Option<string> Urls = CommonOptions.Urls("Where its health is answered.", "http://localhost:5081");

    public static Command Create()
    {
        var command = new Command("worker", "Send and run jobs beside other machines, on PostgreSQL. Example: CRANKMAILER_Database__Postgres='Host=db;…' crankmailer worker") { Data, Urls };
        command.SetAction((result, ct) => ServeProcess.RunAsync(
            new HostSettings { Mode = HostMode.Worker, Data = DataFolder.Resolve(result.GetValue(Data)), Urls = result.GetValue(Urls) ?? "", Web = false },
            prepare: null,
            ct));
        return command;
    }
}
