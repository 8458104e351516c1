using System.Globalization;
using System.Net;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

public sealed class RelayPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relay_is_written_down_tried_and_changed()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var operatorBrowser = await site.OpenAsAsync("olga", Roles.Operator);
        await using var relay = Tests.Delivery.ScriptedRelay.Start();
        var port = relay.Port.ToString(CultureInfo.InvariantCulture);
        var page = await (await operatorBrowser.GetAsync("/settings/relays/new")).SubmitAsync(
            "relay", ("name", "House"), ("host", "127.0.0.1"), ("port", port), ("security", "None"), ("priority", "3"), ("connections", "2"), ("messages_per_second", "2,5"), ("hello_name", "mail.harbor.example"));
        Assert.Equal("/settings/relays", page.Path);
        Assert.Contains("House works and is saved", page.Text);
        var row = await FindAsync(site, "House");
        Assert.Equal((3, 2, 2.5, "mail.harbor.example", 100, true), (row.Priority, row.Connections, row.MessagesPerSecond, row.HelloName, row.MessagesPerConnection, row.Enabled));

        page = await (await operatorBrowser.GetAsync($"/settings/relays/{row.Id}")).SubmitAsync("relay", ("messages_per_second", ""), ("port", "1"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "1"), (page.Status, page.Value("port")));
        Assert.Contains("Nothing is saved yet", page.Find(".notice.bad")?.TextContent);
        page = await page.SubmitAsync("relay", ("do", "anyway"));
        Assert.Equal("/settings/relays", page.Path);
        row = await FindAsync(site, "House");
        Assert.Equal((1, null), (row.Port, row.MessagesPerSecond));

        page = await page.SubmitAsync($"try-{row.Id}");
        Assert.Equal($"/settings/relays/{row.Id}", page.Path);
        Assert.Contains("House cannot be used now", page.Text);
        Assert.Contains("The last conversation that did not end well", page.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await operatorBrowser.GetAsync("/settings/relays/999")).Status);
    }

    [Fact]
    public async Task A_folder_is_a_relay_too()
    {
        var folder = Directory.CreateTempSubdirectory("crankmailer-pickup").FullName;
        await using var site = await ConsoleSite.StartFilledAsync();
        using var owner = await site.OpenAsAsync("ada", Roles.Owner | Roles.Operator);
        var page = await (await owner.GetAsync("/settings/relays/new")).SubmitAsync("relay", ("kind", "Folder"), ("name", "Pickup"), ("folder", Path.Combine(folder, "gone")));
        Assert.Contains("There is no folder", page.Find("#f-folder-error")?.TextContent);
        page = await page.SubmitAsync("relay", ("folder", folder));
        Assert.Equal("/settings/relays", page.Path);
        Assert.Contains($"Pickup works and is saved: the folder {folder} can be written to.", page.Text);
        Assert.Equal((RelayKind.Folder, folder), ((await FindAsync(site, "Pickup")).Kind, (await FindAsync(site, "Pickup")).Folder));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        Directory.Delete(folder);
    }

    [Fact]
    public async Task Secrets_are_kept_when_nothing_is_written_and_never_go_to_another_server_by_themselves()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var owner = await site.OpenAsAsync("ada", Roles.Owner | Roles.Operator);
        var form = await owner.GetAsync("/settings/relays/new");
        var page = await form.SubmitAsync("relay", ("name", "Cloud"), ("host", "127.0.0.1"), ("port", "1"), ("user", "news"), ("password", " refresh words"), ("token_url", "https://login.example.test/token"), ("client_id", "c1"), ("client_secret", "client words"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        foreach (var secret in new[] { "refresh words", "client words" }) Assert.DoesNotContain(secret, page.Body);
        Assert.Equal("/settings/relays", (await page.SubmitAsync("relay", ("do", "anyway"))).Path);
        Assert.Equal((" refresh words", "client words"), await SecretsAsync(site));

        var id = (await FindAsync(site, "Cloud")).Id;
        page = await (await owner.GetAsync($"/settings/relays/{id}")).SubmitAsync("relay", ("connections", "9"), ("do", "anyway"));
        Assert.Equal("/settings/relays", page.Path);
        Assert.Equal((" refresh words", "client words"), await SecretsAsync(site));

        foreach (var (field, value) in new[] { ("host", "thief.example.test"), ("token_url", "https://thief.example.test/") })
        {
            page = await (await owner.GetAsync($"/settings/relays/{id}")).SubmitAsync("relay", (field, value), ("do", "anyway"));
            Assert.Contains("write the password again", page.Find("#f-password-error")?.TextContent);
        }
        page = await (await owner.GetAsync($"/settings/relays/{id}")).SubmitAsync("relay", ("user", ""), ("token_url", ""), ("client_id", ""), ("do", "anyway"));
        Assert.Equal("/settings/relays", page.Path);
        Assert.Equal((null, null), await SecretsAsync(site));
    }

    [Fact]
    public async Task What_is_wrong_is_told_beside_the_field()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var owner = await site.OpenAsAsync("ada", Roles.Owner | Roles.Operator);
        var page = await (await owner.GetAsync("/settings/relays/new")).SubmitAsync(
            "relay", ("name", ""), ("host", "no host!"), ("port", "0"), ("security", "None"), ("user", "news"), ("connections", "many"), ("messages_per_second", "fast"), ("hello_name", "a b"), ("authorities", "PEM"), ("messages_per_connection", "0"));
        foreach (var field in new[] { "connections", "messages_per_second" }) Assert.NotNull(page.Find($"#f-{field}-error"));
        page = await page.SubmitAsync("relay", ("connections", "0"), ("messages_per_second", "0"));
        foreach (var field in new[] { "name", "host", "port", "security", "password", "connections", "messages_per_second", "hello_name", "authorities", "messages_per_connection" })
            Assert.True(page.Find($"#f-{field}-error") is not null, field);
        page = await page.SubmitAsync("relay", ("token_url", "http://login.example.test/"));
        foreach (var field in new[] { "token_url", "client_id", "client_secret" }) Assert.True(page.Find($"#f-{field}-error") is not null, field);
        Assert.Equal("no host!", page.Value("host"));
    }

    private static Task<RelayRow> FindAsync(ConsoleSite site, string name) => site.DoAsync(s => s.GetRequiredService<CrankDb>().Relays.AsNoTracking().SingleAsync(r => r.Name == name, Ct));

    private static Task<(string?, string?)> SecretsAsync(ConsoleSite site) => site.DoAsync(async s =>
    {
        var row = await s.GetRequiredService<CrankDb>().Relays.AsNoTracking().SingleAsync(r => r.Name == "Cloud", Ct);
        var secrets = s.GetRequiredService<PublicationSecrets>();
        return (secrets.UnwrapPassword(row), secrets.UnwrapClientSecret(row));
    });
}
