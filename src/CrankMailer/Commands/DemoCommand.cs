using System.CommandLine;
using CrankMailer.Console.Accounts;
using CrankMailer.Demo;
using CrankMailer.Hosting;

namespace CrankMailer.Commands;

/// <summary><c>demo</c>: <c>serve</c> on a throw-away folder, filled; every mail is caught.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(1);
    private static readonly Option<string?> Data = new("--data") { Description = "Keep the demonstration in this folder. Default: a folder that is deleted at the end." };
    private static readonly Option<string> Urls = CommonOptions.Urls();
    private static readonly Option<string?> Templates = CommonOptions.Templates();
    private static readonly Option<int> Readers = new("--readers") { Description = "How many invented readers.", DefaultValueFactory = _ => DemoSeed.Readers };

    public static Command Create()
    {
        var command = new Command("demo", "Show everything with invented content; nobody is mailed. Example: crankmailer demo") { Data, Urls, Templates, Readers };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var kept = result.GetValue(Data);
        var data = kept is null ? DataFolder.ThrowAway() : new DataFolder(kept);
        var urls = result.GetValue(Urls) ?? CommonOptions.DefaultUrl;
        var settings = new HostSettings
        {
            Mode = HostMode.Demo, Data = data, Urls = urls, Templates = result.GetValue(Templates), Capture = true,
            // The headers name the invented publication's https address; a click in the outbox leads to this process.
            Overrides = new Dictionary<string, string?> { ["Delivery:LinkBase"] = urls.Split(';')[0] },
        };
        try
        {
            return await ServeProcess.RunAsync(settings, (services, stop) => PrepareAsync(services, urls.Split(';')[0], result.GetValue(Readers), stop), ct);
        }
        finally
        {
            if (kept is null) Delete(data.Path);
        }
    }

    private static async Task<string> PrepareAsync(IServiceProvider services, string site, int readers, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var editor = await scope.ServiceProvider.GetRequiredService<DemoSeed>().RunAsync(readers, ct);
        var link = await scope.ServiceProvider.GetRequiredService<SignInLinks>().MakeAsync(editor.Id, LinkLife, ct);
        return
            $"""

             The demonstration is ready. Nothing leaves this machine: every mail is caught and shown at {site}/outbox

               Console, as editor-in-chief:  {site}{link}
               The readers' pages:           {site}/

             Stop it with Ctrl+C.
             """;
    }

    private static void Delete(string folder)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException error)
        {
            System.Console.Error.WriteLine($"note: {folder} could not be deleted: {error.Message}");
        }
    }
}
