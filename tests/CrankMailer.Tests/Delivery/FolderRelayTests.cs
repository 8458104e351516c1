using System.Diagnostics;
using System.Text;
using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Address = CrankMailer.Mail.Headers.EmailAddress;

namespace CrankMailer.Tests.Delivery;

public sealed class FolderRelayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crankmailer-pickup").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_message_becomes_a_file_with_its_envelope_before_it()
    {
        await using var relay = new FolderRelay(_folder, new FakeClock());
        Assert.Null(await relay.FindProblemAsync(Ct));
        var calls = 0;
        var outcome = await relay.SendAsync(Transaction(". dots\r\n..\r\n.\r\n") with { BeforeFinalDot = _ => { calls++; Assert.Empty(Mails); return default; } }, Ct);
        var reply = Assert.IsType<SmtpOutcome.Accepted>(outcome).Reply;
        Assert.Equal(1, calls);
        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal($"2.0.0 Written as {Path.GetFileName(file)}", reply.Lines[0]);
        Assert.EndsWith(".eml", file);
        Assert.Equal("X-Sender: bounce+t1@news.test\r\nX-Receiver: ann@example.test\r\nSubject: x\r\n\r\n. dots\r\n..\r\n.\r\n", await File.ReadAllTextAsync(file, Ct));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_hand_over_that_fails_leaves_no_file_and_passes_on()
    {
        await using var relay = new FolderRelay(_folder, TimeProvider.System);
        foreach (var failure in new Exception[] { new InvalidOperationException("no"), new IOException("no"), new OperationCanceledException() })
            Assert.Same(failure, await Assert.ThrowsAnyAsync<Exception>(() => relay.SendAsync(Transaction("x") with { BeforeFinalDot = _ => throw failure }, Ct)));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Names_follow_the_order_of_sending_and_never_meet()
    {
        var clock = new FakeClock();
        await using var relay = new FolderRelay(_folder, clock);
        for (var n = 0; n < 20; n++)
        {
            Assert.IsType<SmtpOutcome.Accepted>(await relay.SendAsync(Transaction($"{n}"), Ct));
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"{n}"), Directory.GetFiles(_folder).Order(StringComparer.Ordinal).Select(file => File.ReadAllText(file).Split("\r\n")[^1]));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(n => relay.SendAsync(Transaction($"{n}"), Ct)));
        Assert.Equal(70, Directory.GetFiles(_folder, "*.eml").Length);
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_the_relays_fault_and_not_the_messages()
    {
        var gone = Path.Combine(_folder, "gone");
        await using var relay = new FolderRelay(gone, TimeProvider.System);
        foreach (var outcome in new[] { await relay.SendAsync(Transaction("x"), Ct), await relay.FindProblemAsync(Ct) })
        {
            var fault = RelayFault.Find(Assert.IsType<SmtpOutcome.NotSent>(outcome));
            Assert.False(fault?.IsOurs);
            Assert.Contains($"the folder {gone} cannot be written to", fault?.Text);
        }
    }

    [Fact]
    public async Task A_full_disk_keeps_the_mail_with_us_and_leaves_nothing_behind()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !await RunAsync("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", _folder)) Assert.Skip("No small disk can be mounted here.");
        try
        {
            await using var relay = new FolderRelay(_folder, TimeProvider.System);
            var full = Assert.IsType<SmtpOutcome.NotSent>(await relay.SendAsync(Transaction(new string('x', 200_000)), Ct));
            Assert.Contains("cannot be written to", RelayFault.Find(full)?.Text);
            Assert.Empty(Directory.GetFileSystemEntries(_folder));
            Assert.IsType<SmtpOutcome.Accepted>(await relay.SendAsync(Transaction("x"), Ct));
        }
        finally
        {
            await RunAsync("umount", _folder);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("spool/mail")]
    [InlineData("..")]
    public void A_path_that_is_not_whole_is_refused(string path) => Assert.Contains("whole path", Assert.Throws<ArgumentException>(() => new FolderRelay(path, TimeProvider.System)).Message);

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_campaign_over_a_folder_is_really_handed_over(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await UseFolderAsync(world, _folder);
        await world.AddSubscribersAsync(25);
        await using var pump = RunningPump.Start(world.Services);
        var campaign = await world.StartCampaignAsync();
        var books = await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal(25, books.States[DeliveryState.Accepted]);
        var mails = Directory.GetFiles(_folder, "*.eml").Select(File.ReadAllText).ToList();
        Assert.Equal(25, mails.Select(mail => mail.Split("\r\n")[1]).Distinct().Count());
        Assert.All(mails, mail => Assert.Contains("\r\nDKIM-Signature: ", mail));
        Assert.Equal("main", await world.Open().Attempts.Select(a => a.Remote).Distinct().SingleAsync(Ct));
    }

    [Fact]
    public async Task Mail_waits_while_the_folder_cannot_be_written_to_and_leaves_when_it_can()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite, settings: s => s["Delivery:RelayRetry"] = "00:00:00.100");
        var spool = Path.Combine(_folder, "spool");
        await UseFolderAsync(world, spool);
        await world.AddSubscribersAsync(12);
        await using var pump = RunningPump.Start(world.Services);
        var campaign = await world.StartCampaignAsync();
        await Eventually.HoldsAsync(() => world.Open().Alerts.AnyAsync(a => a.Kind == "relay-down" && a.ClosedAt == null && a.Text.Contains(spool), Ct), () => Task.FromResult("an alert that names the folder"));
        Assert.Equal(0, (await world.BooksAsync(campaign)).States[DeliveryState.Bounced]);
        Directory.CreateDirectory(spool);
        Assert.Equal(12, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
        Assert.Equal(12, Directory.GetFiles(spool).Length);
        Assert.All(await world.Open().Deliveries.Select(d => d.Attempts).ToListAsync(Ct), attempts => Assert.Equal(1, attempts));
    }

    private IEnumerable<string> Mails => Directory.GetFiles(_folder, "*.eml");

    private static async Task UseFolderAsync(World world, string folder)
    {
        await using var db = world.Open();
        await db.Relays.ExecuteUpdateAsync(s => s.SetProperty(r => r.Kind, RelayKind.Folder).SetProperty(r => r.Folder, folder), Ct);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        if (process is null) return false;
        await process.WaitForExitAsync(Ct);
        return process.ExitCode == 0;
    }

    private static SmtpTransaction Transaction(string body) =>
        new(Address.Create("bounce+t1@news.test"), Address.Create("ann@example.test"), Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + body));
}
