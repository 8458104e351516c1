using CrankMailer.Console.Accounts;
using CrankMailer.Delivery;
using CrankMailer.Hosting;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Publications;
using CrankMailer.Tests.Authoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

/// <summary>The real host on a port the system chose, with a SQLite database in a folder of its own.</summary>
internal sealed class ConsoleSite : IAsyncDisposable
{
    public const string Password = "a boat of paper";
    private readonly WebApplication _app;
    private readonly DataFolder _data;

    private ConsoleSite(WebApplication app, DataFolder data) => (_app, _data) = (app, data);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Uri Root => new(_app.Urls.First());

    public static async Task<ConsoleSite> StartAsync()
    {
        var data = DataFolder.ThrowAway();
        var app = CrankHost.Build(new HostSettings
        {
            Mode = HostMode.Serve, Data = data, Urls = "http://127.0.0.1:0", Jobs = false, Capture = true,
            Overrides = new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Critical", ["Logging:LogLevel:Microsoft"] = "Critical" },
        }, new SendingMode(Capture: true));
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var refusal = await CrankMailer.Hosting.Databases.PrepareAsync(scope.ServiceProvider.GetRequiredService<CrankDb>(), data, TimeProvider.System, Ct);
            Assert.Null(refusal);
        }
        await app.StartAsync(Ct);
        return new ConsoleSite(app, data);
    }

    /// <summary>With a publication, and without the need for set-up.</summary>
    public static async Task<ConsoleSite> StartFilledAsync(bool onePersonMayApprove = false)
    {
        var site = await StartAsync();
        await site.DoAsync(async services =>
        {
            var db = services.GetRequiredService<CrankDb>();
            db.Add(new PublicationRow { Slug = "harbor-brief", Document = A.Publication(), OnePersonMayApprove = onePersonMayApprove, FeedbackSenderId = "cmtest", CreatedAt = DateTimeOffset.UnixEpoch, Version = 1 });
            await db.SaveChangesAsync(Ct);
            return true;
        });
        return site;
    }

    public Browser Open() => new(Root);

    /// <summary>A browser in which somebody with these roles has signed in.</summary>
    public async Task<Browser> OpenAsAsync(string name, Roles roles)
    {
        await AddUserAsync(name, roles);
        var browser = Open();
        var page = await browser.GetAsync("/sign-in");
        await page.SubmitAsync("sign-in", ("Input.Email", $"{name}@harbor.example"), ("Input.Password", Password));
        return browser;
    }

    public Task<int> AddUserAsync(string name, Roles roles) => DoAsync(async services =>
    {
        var user = new User { Name = name, UserName = $"{name}@harbor.example", Email = $"{name}@harbor.example", Roles = roles, LockoutEnabled = true };
        Assert.True((await services.GetRequiredService<UserManager<User>>().CreateAsync(user, Password)).Succeeded);
        return user.Id;
    });

    public Task<string> SignInLinkAsync(int userId, TimeSpan life) => DoAsync(services => services.GetRequiredService<SignInLinks>().MakeAsync(userId, life, Ct));

    public Task<string?> SetUpLinkAsync() => DoAsync(services => services.GetRequiredService<SetUp>().FindLinkAsync(Ct));

    public async Task<T> DoAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data.Path, recursive: true);
    }
}
