using CrankMailer.Commands;
using CrankMailer.Console.Accounts;
using CrankMailer.Hosting;
using CrankMailer.Model.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Commands;

public sealed class UserAccountsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crankuser").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder, "crankmailer.db")}")) Microsoft.Data.Sqlite.SqliteConnection.ClearPool(connection);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_command_makes_an_account_and_a_link_that_signs_in_once()
    {
        await using var host = CommandHost.OpenUnchecked(new HostSettings { Data = new DataFolder(_folder) });
        await host.Db.Database.MigrateAsync(Ct);
        var user = new User { UserName = "ada@example.org", Email = "ada@example.org", Name = "Ada", Roles = Roles.Editor };
        Assert.True((await host.Services.GetRequiredService<UserManager<User>>().CreateAsync(user)).Succeeded);

        var links = host.Services.GetRequiredService<SignInLinks>();
        var token = (await links.MakeAsync(user.Id, TimeSpan.FromHours(1), Ct)).Split('/')[^1];

        Assert.Equal("Ada", (await links.UseAsync(token, Ct))?.Name);
        Assert.Null(await links.UseAsync(token, Ct));
    }
}
