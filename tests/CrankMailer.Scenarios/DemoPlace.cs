using System.Text.Json;
using CrankMailer.Capture;
using CrankMailer.Mail.Mime;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Sqlite;
using CrankMailer.Tests.Delivery;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Scenarios;

/// <summary>One running demonstration, shared by the scenarios on it. Starting it takes most of their time.</summary>
public sealed class DemoPlace : IAsyncLifetime
{
    public const string Publication = "sundry-tides";
    public const string MonthlyList = "the-monthly-issue";
    public const int Readers = 150;
    private readonly string _data = Directory.CreateTempSubdirectory("crankdemo").FullName;
    private readonly Lazy<Task<(int Id, List<string> Wanted)>> _campaign;
    private CrankProcess? _process;

    public DemoPlace() => _campaign = new(SendOctoberAsync);

    internal CrankProcess Process => _process ?? throw new InvalidOperationException("The demonstration did not start.");

    internal string Root => Process.Root;

    /// <summary>The campaign of the October issue to the monthly list, done; and who was to get it, as the lists said just before.</summary>
    public Task<(int Id, List<string> Wanted)> CampaignAsync() => _campaign.Value;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        // The form is filled by a machine here; that it asks machines a question is tested elsewhere.
        _process = await CrankProcess.ServeAsync(new() { ["CRANKMAILER_Audience__FastestFillSeconds"] = "0" }, "demo", "--data", _data, "--readers", $"{Readers}");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    public CrankDb Open()
    {
        var options = new DbContextOptionsBuilder<CrankDb>();
        options.UseCrankSqlite(Path.Combine(_data, "crankmailer.db"));
        return new CrankDb(options.Options);
    }

    /// <summary>Every mail caught with this subject, as the relay took it.</summary>
    internal async Task<List<(string To, byte[] Octets)>> CaughtAsync(string subject)
    {
        await using var db = Open();
        var rows = await db.CapturedMails.AsNoTracking().Where(m => m.Subject == subject).OrderBy(m => m.Id).ToListAsync(Ct);
        return rows.ConvertAll(m => (m.EnvelopeTo, CaughtMails.Unpack(m.Raw)));
    }

    /// <summary>Waits for a mail to this address.</summary>
    internal async Task<MimeMessage> MailToAsync(string address)
    {
        byte[]? raw = null;
        await Eventually.HoldsAsync(async () =>
        {
            await using var db = Open();
            return (raw = await db.CapturedMails.Where(m => m.EnvelopeTo == address).Select(m => m.Raw).FirstOrDefaultAsync(Ct)) is not null;
        }, () => Task.FromResult($"a mail to {address}:\n{Process.Err}"));
        return MimeMessage.Parse(CaughtMails.Unpack(raw!));
    }

    private async Task<(int Id, List<string> Wanted)> SendOctoberAsync()
    {
        List<string> wanted;
        await using (var db = Open())
        {
            wanted = await db.Subscriptions.Where(s => s.State == SubscriptionState.Active && db.Lists.Any(l => l.Id == s.ListId && l.Slug == MonthlyList))
                .Join(db.Subscribers, s => s.SubscriberId, p => p.Id, (_, p) => p)
                .Where(p => !db.Suppressions.Any(x => x.AddressHash == p.AddressHash)).Select(p => p.NormalizedEmail ?? "").ToListAsync(Ct);
        }
        var environment = new Dictionary<string, string> { ["CRANKMAILER_DATA"] = _data };
        var made = await CrankProcess.RunAsync(environment, "campaign", "create", "--issue", "2026-10", "--list", MonthlyList, "--json");
        Assert.True(made.Exit == 0, made.Err);
        var id = JsonDocument.Parse(made.Out).RootElement.GetProperty("campaign").GetInt32();
        var started = await CrankProcess.RunAsync(environment, "campaign", "start", $"{id}");
        Assert.True(started.Exit == 0, started.Err);
        await Ledger.UntilAsync(Open, id, CampaignState.Done);
        return (id, wanted);
    }
}
