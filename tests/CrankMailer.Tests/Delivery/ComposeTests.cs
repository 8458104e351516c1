using System.Diagnostics;
using System.Text;
using CrankMailer.Mail.Dkim;
using CrankMailer.Mail.Mime;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

public sealed class ComposeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_campaign_message_has_the_headers_of_the_standards()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var mail = await SendOneAsync(world, "ada@example.org", "Ada Café");
        Assert.Equal("List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post"));
        Assert.StartsWith("<https://news.example.test/u/", mail.Header("List-Unsubscribe"));
        Assert.Equal("\"Harbor Brief\" <harbor-brief.news.example.test>", mail.Header("List-ID"));
        Assert.Equal("<https://news.example.test/archive>", mail.Header("List-Archive"));
        Assert.Equal("<mailto:office@news.example.test>", mail.Header("List-Owner"));
        Assert.Equal("c1:monthly:harbor-brief:harborbr", mail.Header("Feedback-ID"));
        Assert.Equal("bulk", mail.Header("Precedence"));
        Assert.Equal("OOF, AutoReply", mail.Header("X-Auto-Response-Suppress"));
        Assert.Equal("c1", mail.Header("X-Campaign"));
        Assert.StartsWith("multipart/alternative", mail.Header("Content-Type"));
        Assert.EndsWith("<ada@example.org>", mail.Header("To"));
        Assert.DoesNotContain("ada@", mail.Sender); // "ada" alone may stand in a token
        Assert.Equal("", mail.Header("Auto-Submitted"));
    }

    [Fact]
    public async Task The_tokens_name_the_delivery_and_the_person()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var mail = await SendOneAsync(world, "ada@example.org", "Ada");
        var ring = await world.Services.GetRequiredService<TokenRings>().GetAsync(Ct);
        var verp = mail.Sender["bounce+".Length..mail.Sender.IndexOf('@')];
        Assert.EndsWith("@news.example.test", mail.Sender);
        Assert.True(ring.TryRead(verp, TokenPurpose.Bounce, out var bounce));
        Assert.Equal(new TokenIds(1, 1), bounce);
        var id = mail.Header("Message-ID").Trim('<', '>');
        Assert.True(ring.TryRead(id.AsSpan(0, id.IndexOf('@')), TokenPurpose.MessageId, out var message));
        Assert.Equal(new TokenIds(1, 1), message);
        var unsubscribe = mail.Header("List-Unsubscribe").Trim('<', '>');
        Assert.True(ring.TryRead(unsubscribe.AsSpan(unsubscribe.LastIndexOf('/') + 1), TokenPurpose.Unsubscribe, out var who));
        Assert.Equal(new TokenIds(world.PublicationId, 1, 1), who);
        Assert.Equal(verp, mail.Header("X-Recipient"));
    }

    [Fact]
    public async Task The_holes_are_the_recipients_and_escaped()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var mail = MimeMessage.Parse((await SendOneAsync(world, "ada@example.org", "<b>{{ links.archive }}</b> X")).Octets);
        Assert.Contains("Hello &lt;b&gt;{{, a quiet summit and a café.", mail.HtmlBody);
        Assert.Contains("We know your name.", mail.HtmlBody);
        Assert.Contains("Hello <b>{{,", mail.TextBody);
        Assert.Contains(".A line that begins with a dot, and a café.", mail.TextBody);
        Assert.Contains("https://news.example.test/preferences/", mail.TextBody);
        Assert.Contains("https://news.example.test/view/", mail.HtmlBody);

        var nameless = MimeMessage.Parse((await SendOneAsync(world, "bob@example.org", null)).Octets);
        Assert.Contains("Hello reader, a quiet summit", nameless.HtmlBody);
        Assert.Contains("We do not know your name.", nameless.HtmlBody);
    }

    [Fact]
    public async Task Body_links_may_have_their_own_base_while_the_header_names_https()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite, settings: s => s["Delivery:LinkBase"] = "http://localhost:5080/");
        var taken = await SendOneAsync(world, "ada@example.org", "Ada");
        var mail = MimeMessage.Parse(taken.Octets);
        Assert.StartsWith("<https://news.example.test/u/", taken.Header("List-Unsubscribe"));
        Assert.Contains("http://localhost:5080/u/", mail.HtmlBody);
        Assert.DoesNotContain("https://news.example.test/u/", mail.TextBody);
    }

    [Theory]
    [InlineData("Eve\r\nBcc: all@example.org")]
    [InlineData("Eve\nX-Injected: yes\n\nbody")]
    [InlineData("Eve\0\u0001\"<x@y>, \"")]
    public async Task A_name_cannot_inject_a_header(string name)
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using (var db = world.Open()) await db.Editions.ExecuteUpdateAsync(s => s.SetProperty(e => e.Subject, "Dear {{ subscriber.name }}"), Ct);
        var taken = await SendOneAsync(world, "eve@example.org", name);
        var mail = MimeMessage.Parse(taken.Octets);
        Assert.Equal("", taken.Header("Bcc"));
        Assert.Equal("", taken.Header("X-Injected"));
        Assert.Equal("eve@example.org", taken.Recipient);
        Assert.Single(Encoding.Latin1.GetString(taken.Octets).Split("\r\n\r\n")[0].Split("\r\n"), l => l.StartsWith("To:", StringComparison.Ordinal));
        Assert.NotNull(mail.TextBody);
    }

    [Fact]
    public async Task An_address_that_cannot_be_one_is_not_tried()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscriberAsync("eve@exa<mple.org");
        await world.AddSubscriberAsync("good@example.org");
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        var books = await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal((1, 1), (books.States[DeliveryState.Accepted], books.States[DeliveryState.Bounced]));
        await using var db = world.Open();
        Assert.Empty(await db.Suppressions.ToListAsync(Ct));
    }

    [Fact]
    public async Task Every_message_is_signed_and_the_signature_verifies() // R30, R35: after dot-stuffing was undone
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var mail = await SendOneAsync(world, "ada@example.org", "Ada Café");
        var results = await new DkimVerifier(world.Clock).VerifyAsync(
            mail.Octets, (name, _) => ValueTask.FromResult<string?>(name == "cm1._domainkey.news.example.test" ? World.SigningKey.DnsRecord : null), Ct);
        Assert.Null(Assert.Single(results).Problem);
    }

    [Fact]
    public async Task The_independent_linter_finds_no_fault()
    {
        var tool = Required.Tool("lint_eml.py");
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var mail = await SendOneAsync(world, "ada@example.org", "Ada Café ✉ with a rather long name that needs folding in the To header");
        var (code, output) = await RunAsync("python3", [tool, await FileAsync(mail)]);
        Assert.True(code == 0, output);
        Assert.DoesNotContain("FAIL", output);
        Assert.DoesNotContain("WARN", output);
    }

    [Fact]
    public async Task The_independent_verifier_passes_the_signature()
    {
        var tool = Required.Tool("verify_dkim.sh");
        if ((await RunAsync("/usr/bin/python3", ["-c", "import dkim"])).Code != 0) Required.Missing("python3-dkim");
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var mail = await SendOneAsync(world, "ada@example.org", "Ada Café");
        var key = Path.Combine(Directory.CreateTempSubdirectory("dkim").FullName, "key.txt");
        await File.WriteAllTextAsync(key, World.SigningKey.DnsRecord, Ct);
        var (code, output) = await RunAsync("bash", [tool, await FileAsync(mail), key]);
        Assert.True(code == 0 && output.StartsWith("PASS", StringComparison.Ordinal), output);
    }

    private static async Task<Taken> SendOneAsync(World world, string email, string? name)
    {
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscriberAsync(email, name);
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await world.UntilAsync(campaign, CampaignState.Done);
        return relay.Mails.Single(m => m.Recipient == email);
    }

    private static async Task<string> FileAsync(Taken mail)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("eml").FullName, "mail.eml");
        await File.WriteAllBytesAsync(file, mail.Octets, Ct);
        return file;
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException(program);
        var output = await process.StandardOutput.ReadToEndAsync(Ct) + await process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, output);
    }
}
