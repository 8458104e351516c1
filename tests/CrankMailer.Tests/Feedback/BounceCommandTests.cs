using CrankMailer.Commands;

namespace CrankMailer.Tests.Feedback;

public sealed class BounceCommandTests
{
    private static readonly string Mail = Path.Combine(AppContext.BaseDirectory, "Feedback", "cases", "reports", "dsn-user-unknown.eml");

    [Fact]
    public async Task A_mail_server_is_told_to_try_again_where_nothing_can_be_written()
    {
        var nowhere = Directory.CreateTempSubdirectory("crankbounce").FullName;
        Assert.Equal(ExitCodes.TryAgain, await CrankCommands.RunAsync(["bounce", Mail, "--data", nowhere]));
        await File.WriteAllTextAsync(Path.Combine(nowhere, "crankmailer.db"), "this is no database", TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.TryAgain, await CrankCommands.RunAsync(["bounce", Mail, "--data", nowhere]));
        Directory.Delete(nowhere, recursive: true);
    }

    [Fact]
    public async Task A_dry_run_needs_no_database() =>
        Assert.Equal(ExitCodes.Done, await CrankCommands.RunAsync(["bounce", Path.GetDirectoryName(Mail)!, "--dry-run", "--json"]));

    [Fact]
    public async Task A_file_that_is_not_there_is_refused() =>
        Assert.Equal(ExitCodes.Refused, await CrankCommands.RunAsync(["bounce", "/no/such/mail.eml", "--dry-run"]));
}
