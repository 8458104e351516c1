using System.CommandLine;
using CrankMailer.Hosting;

namespace CrankMailer.Commands;

/// <summary><c>serve</c>: everything in one process.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Data = CommonOptions.Data();
    private static readonly Option<string> Urls = CommonOptions.Urls();
    private static readonly Option<string?> Templates = CommonOptions.Templates();
    private static readonly Option<string> RolesOption = new("--roles") { Description = "What this process does: web, jobs, or both.", DefaultValueFactory = _ => "web,jobs" };
    private static readonly Option<bool> Capture = new("--capture") { Description = "Send nothing out: every mail is caught and shown at /outbox." };

    public static IReadOnlyList<Option> Options { get; } = [Data, Urls, Templates, RolesOption, Capture];

    public static Command Create()
    {
        var command = new Command("serve", "Run console, public pages, API and jobs in one process. Example: crankmailer serve --urls http://localhost:5080");
        foreach (var option in Options) command.Add(option);
        RolesOption.Validators.Add(given =>
        {
            var roles = Roles(given.GetValueOrDefault<string?>());
            if (roles.Length == 0 || roles.Except(["web", "jobs"]).Any()) given.AddError("--roles takes web, jobs, or both: --roles web,jobs.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    public static Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var roles = Roles(result.GetValue(RolesOption));
        return ServeProcess.RunAsync(
            new HostSettings
            {
                Mode = HostMode.Serve,
                Data = DataFolder.Resolve(result.GetValue(Data)),
                Urls = result.GetValue(Urls) ?? CommonOptions.DefaultUrl,
                Templates = result.GetValue(Templates),
                Web = roles.Contains("web"),
                Jobs = roles.Contains("jobs"),
                Capture = result.GetValue(Capture),
            },
            prepare: null,
            ct);
    }

    private static string[] Roles(string? text) => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
