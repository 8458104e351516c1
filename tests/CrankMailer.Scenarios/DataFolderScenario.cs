using System.Net;
using System.Text.Json;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Sqlite;
using CrankMailer.Tests.Delivery;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Scenarios;

public sealed class DataFolderScenario
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_start_lives_without_a_relay_is_not_ready_and_prints_the_owners_link()
    {
        var folder = Directory.CreateTempSubdirectory("crankfirst").FullName;
        await using (var serve = await CrankProcess.ServeAsync([], "serve", "--data", folder))
        {
            var link = await serve.LineAsync(@"(http://localhost:\d+)(/setup/\w+)");
            Assert.Equal(serve.Root, link.Groups[1].Value);
            using var http = new HttpClient { BaseAddress = new Uri(serve.Root) };
            using var ready = await http.GetAsync("/health/ready", Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            var parts = JsonDocument.Parse(await ready.Content.ReadAsStringAsync(Ct)).RootElement;
            Assert.Equal((true, true, false), (parts.GetProperty("database").GetBoolean(), parts.GetProperty("dataFolder").GetBoolean(), parts.GetProperty("relayKnown").GetBoolean()));
            using var page = await http.GetAsync(link.Groups[2].Value, Ct);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Equal(0, (await serve.StopAsync()).Exit);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Pages_alone_on_sqlite_are_refused_since_nobody_could_send()
    {
        var folder = Directory.CreateTempSubdirectory("crankweb").FullName;
        var ran = await CrankProcess.RunAsync([], "serve", "--roles", "web", "--urls", "http://127.0.0.1:0", "--data", folder);
        Assert.Equal(1, ran.Exit);
        Assert.StartsWith("error: '--roles web' needs PostgreSQL", ran.Err);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_taken_port_is_told_before_anything_starts_and_no_link_is_printed()
    {
        var folder = Directory.CreateTempSubdirectory("cranktaken").FullName;
        using var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var ran = await CrankProcess.RunAsync([], "serve", "--urls", $"http://{other.LocalEndpoint}", "--data", folder);
        Assert.Equal((1, ""), (ran.Exit, ran.Out));
        Assert.Equal($"error: http://{other.LocalEndpoint} is taken by another program: stop it, or choose another with --urls", ran.Err);
        Assert.False(File.Exists(Path.Combine(folder, "crankmailer.db")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_person_added_by_command_beside_a_serve_signs_in_with_the_printed_link()
    {
        var folder = Directory.CreateTempSubdirectory("crankperson").FullName;
        await using (var serve = await CrankProcess.ServeAsync([], "serve", "--data", folder))
        {
            var healthy = await CrankProcess.RunAsync([], "db", "confirm", "--data", folder);
            Assert.Equal(0, healthy.Exit);
            Assert.StartsWith("There is nothing to confirm", healthy.Out);
            var added = await CrankProcess.RunAsync([], "user", "add", "ada@example.org", "--name", "Ada", "--role", "editor", "--site", serve.Root, "--data", folder);
            Assert.True(added.Exit == 0, added.Err);
            var reset = await CrankProcess.RunAsync([], "user", "reset", "ada@example.org", "--site", serve.Root, "--data", folder);
            Assert.True(reset.Exit == 0, reset.Err);
            using var http = new HttpClient();
            foreach (var ran in new[] { added, reset })
                Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(ran.Out.Split('\n')[^1], Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"{serve.Root}/sign-in/nonsense", Ct)).StatusCode);
            await serve.StopAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_second_serve_on_the_folder_says_so_and_stops_while_commands_work_beside_the_first()
    {
        await using var relay = ScriptedRelay.Start();
        await using var place = await Place.CreateAsync(DatabaseEngine.Sqlite, readers: 10, relay.Port);
        await using var serve = await place.ServeAsync();
        using var http = new HttpClient { BaseAddress = new Uri(serve.Root) };
        using var ready = await http.GetAsync("/health/ready", Ct);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

        var second = await place.RunAsync("serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, second.Exit);
        Assert.StartsWith("error: another 'crankmailer serve' is using", second.Err);

        var campaign = await place.StartCampaignAsync();
        await place.UntilDoneAsync(campaign);
        var status = await place.RunAsync("campaign", "status", $"{campaign}", "--json");
        Assert.Equal(0, status.Exit);
        var books = JsonDocument.Parse(status.Out).RootElement;
        Assert.Equal("done", books.GetProperty("campaign").GetProperty("state").GetString());
        Assert.Equal(10, books.GetProperty("states").EnumerateObject().Single(s => s.Name.Equals("accepted", StringComparison.OrdinalIgnoreCase)).Value.GetInt64());
        Assert.Equal("June 2026: done; audience 10: 10 accepted\n", (await place.RunAsync("campaign", "watch", $"{campaign}")).Out + "\n");
    }

    [Fact]
    public async Task A_database_copied_into_another_folder_starts_in_capture_mode_and_holds_the_running_campaign()
    {
        await using var relay = ScriptedRelay.Start();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        relay.OnMessage = async _ =>
        {
            first.TrySetResult();
            await held.Task;
            return ScriptedRelay.Ok;
        };
        await using var place = await Place.CreateAsync(DatabaseEngine.Sqlite, readers: 20, relay.Port, connections: 1);
        await using var serve = await place.ServeAsync();
        var campaign = await place.StartCampaignAsync();
        await first.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct);
        var copy = Directory.CreateDirectory(Path.Combine(place.Folder, "copy")).FullName;
        var file = Path.Combine(copy, "crankmailer.db");
        var backup = await place.RunAsync("db", "backup", file);
        Assert.True(backup.Exit == 0, backup.Err);

        await using var other = await CrankProcess.ServeAsync(new Dictionary<string, string>(place.Environment) { ["CRANKMAILER_DATA"] = copy }, "serve");

        await other.LineAsync("Capture mode: the database was sending from another data folder before");
        var options = new DbContextOptionsBuilder<CrankDb>();
        options.UseCrankSqlite(file);
        await using (var db = new CrankDb(options.Options))
        {
            Assert.Equal(CampaignState.Held, await db.Campaigns.Where(c => c.Id == campaign).Select(c => c.State).SingleAsync(Ct));
            Assert.True(await db.Alerts.AnyAsync(a => a.Kind == "held-at-start" && a.ClosedAt == null, Ct));
        }
        held.SetResult();
        Assert.Equal(20, (await place.UntilDoneAsync(campaign))[DeliveryState.Accepted]);
        Assert.Equal(20, relay.Mails.Count); // all of them from the first folder
    }
}
