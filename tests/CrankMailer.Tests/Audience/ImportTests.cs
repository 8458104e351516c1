using System.Text;
using CrankMailer.Audience;
using CrankMailer.Audience.Export;
using CrankMailer.Audience.Import;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Tokens;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Audience;

public sealed class ImportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseEngine> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task People_come_in_with_their_consent_and_every_bad_row_is_answered(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        const string file = "E-Mail,First Name,Last Name\nAnn@Example.org,Ann,Reader\nnonsense,No,Body\n\nann@example.ORG,Anna,Twice\njo@bücher.example,Jo,\n";
        var (report, problems) = await ImportAsync(world, file);
        Assert.Equal((4, 2, 1, 0, 1), (report.Rows, report.Added, report.Updated, report.Skipped, report.Rejected));
        Assert.Equal("readers.csv(3,1): error: 'nonsense': this is no e-mail address: it has no @.", Assert.Single(problems).ToString());

        await using var db = world.Open();
        var ann = await db.Subscribers.SingleAsync(s => s.NormalizedEmail == "ann@example.org", Ct);
        Assert.Equal(("Ann", "Reader", "Ann Reader"), (ann.FirstName, ann.LastName, ann.Name)); // gaps are filled, nothing overwritten
        Assert.True(await db.Subscribers.AnyAsync(s => s.NormalizedEmail == "jo@xn--bcher-kva.example", Ct));
        Assert.All(await db.Subscriptions.ToListAsync(Ct), s => Assert.Equal((SubscriptionState.Active, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)), (s.State, s.ConfirmedAt)));
        var consent = await db.ConsentEntries.FirstAsync(Ct);
        Assert.Equal((ConsentKind.Imported, "import:readers.csv", "sign-up sheet, 2026-03-01"), (consent.Kind, consent.Source, consent.Note));
        Assert.Equal(0, await db.OutboxMails.CountAsync(Ct));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_second_import_of_the_same_file_changes_nothing(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var file = "email,name\n" + string.Join('\n', Enumerable.Range(0, 700).Select(i => $"reader{i}@example.org,Reader {i}"));
        Assert.Equal(700, (await ImportAsync(world, file)).Report.Added);
        Assert.Equal(700, (await ImportAsync(world, file)).Report.Updated);
        await using var db = world.Open();
        Assert.Equal((700, 700, 700), (await db.Subscribers.CountAsync(Ct), await db.Subscriptions.CountAsync(Ct), await db.ConsentEntries.CountAsync(Ct)));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_import_never_lifts_a_suppression_nor_brings_back_who_left(DatabaseEngine engine) // R111
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var left = await world.SubscribeAsync("left@example.org");
        await world.LeaveAsync(await world.TokenAsync(TokenPurpose.Unsubscribe, left.Id));
        await world.DoAsync<Suppressions, bool>(async s =>
        {
            await s.AddAsync(EmailAddress.Parse("never@example.org")!, null, null, "asked by letter", Ct);
            return true;
        });
        var (report, problems) = await ImportAsync(world, "email\nleft@example.org\nnever@example.org\nnew@example.org\n");
        Assert.Equal((1, 2), (report.Added, report.Skipped));
        Assert.All(problems, p => Assert.Equal(Severity.Note, p.Severity));
        Assert.Equal(SubscriptionState.Unsubscribed, await world.StateAsync(left, world.Monthly));
        await using var db = world.Open();
        Assert.False(await db.Subscribers.AnyAsync(s => s.NormalizedEmail == "never@example.org", Ct));
    }

    [Theory]
    [InlineData("email,name\nann@example.org,Ann\n\"bob@example.org,Bob\ncy@example.org,Cy\n", 3, 1)]
    [InlineData("email;name\r\nann@example.org;\"Ann \"\"A\"\"\"\r\nbob@example.org;\"Bob", 3, 1)]
    [InlineData("\"email,name\nann@example.org,Ann\n", 1, 0)]
    public async Task A_quote_that_never_closes_is_told_by_its_line(string file, int line, int added)
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var (report, problems) = await ImportAsync(world, file);
        Assert.Equal(added, report.Added);
        Assert.StartsWith($"readers.csv({line},1): error: the quote opened in line {line} is never closed", Assert.Single(problems).ToString());
    }

    [Fact]
    public async Task Quotes_within_cells_and_over_lines_are_no_fault()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var (report, problems) = await ImportAsync(world, "email,name\nann@example.org,Ann \"A\nbob@example.org,\"Bob\n\"\"B\"\"\"\ncy@example.org,\"Cy, the last\"");
        Assert.Equal((3, 0), (report.Added, problems.Count));
    }

    [Fact]
    public async Task A_dry_run_reports_the_same_and_writes_nothing()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var (report, problems) = await ImportAsync(world, "email\nann@example.org\nbad\n", o => o with { DryRun = true });
        Assert.Equal((1, 1, 1), (report.Added, report.Rejected, problems.Count));
        await using var db = world.Open();
        Assert.Equal((0, 0), (await db.Subscribers.CountAsync(Ct), await db.Suppressions.CountAsync(Ct)));
    }

    [Fact]
    public async Task Without_declared_consent_or_with_unknown_lists_nothing_is_read() // R167
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var (report, problems) = await ImportAsync(world, "email\nann@example.org\n", o => o with { ConsentSource = " ", ConsentDate = null, Lists = ["monthly", "nope"] });
        Assert.True(report.Refused);
        Assert.Equal(3, problems.Count);
        Assert.Contains(problems, p => p.ToString() == "readers.csv: error: there is no list 'nope': there are events, monthly, staff.");
    }

    [Theory]
    [InlineData("name\nAnn\n", "no column looks like an e-mail address")]
    [InlineData("", "the file is empty")]
    public async Task A_file_that_cannot_be_understood_says_how_to_mend_it(string file, string words)
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        Assert.Contains(words, Assert.Single((await ImportAsync(world, file)).Problems).Text);
    }

    [Fact]
    public async Task An_open_quotation_mark_in_a_large_file_is_found_without_reading_it_all_into_memory()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var (report, problems) = await ImportAsync(world, "email,name\nann@example.org,Ann\nbob@example.org,\"Bob\n" + string.Concat(Enumerable.Repeat("x@example.org,y\n", 40_000)));
        Assert.Equal(1, report.Added);
        Assert.Contains("the quote opened in line 3 is not closed", Assert.Single(problems).Text);
    }

    [Fact]
    public async Task Who_left_or_bounced_elsewhere_is_suppressed_here() // R167
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        await ImportAsync(world, "email,status\nleft@example.org,unsubscribed\nblocked@example.org,blocklisted\n");
        await using var db = world.Open();
        Assert.Equal(2, await db.Suppressions.CountAsync(s => s.Reason == SuppressionReason.Import, Ct));
        Assert.False(await db.Subscriptions.AnyAsync(s => s.State == SubscriptionState.Active, Ct));
    }

    [Fact]
    public async Task JSON_lines_are_read_and_their_faults_placed()
    {
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var (report, problems) = await ImportAsync(world, "{\"email\":\"ann@example.org\",\"attributes\":{\"city\":\"Riga\"}}\nnot json\n[]\n{\"email\":5}\n", o => o with { FileName = "r.jsonl" });
        Assert.Equal((1, 3), (report.Added, report.Rejected));
        Assert.Equal([2, 3, 4], problems.Select(p => p.Line ?? 0));
        await using var db = world.Open();
        Assert.Equal("{\"city\":\"Riga\"}", (await db.Subscribers.SingleAsync(Ct)).Attributes);
    }

    [Theory]
    [InlineData("mailchimp_subscribed.csv")]
    [InlineData("mailchimp_unsubscribed.csv")]
    [InlineData("mailchimp_cleaned.csv")]
    [InlineData("listmonk.csv")]
    [InlineData("substack.csv")]
    [InlineData("ghost.csv")]
    [InlineData("excel_semicolon_latin1.csv")]
    [InlineData("excel_utf16.csv")]
    [InlineData("bom_cr_only.csv")]
    public async Task Files_of_other_systems_are_read_whatever_their_encoding(string name)
    {
        var bytes = await File.ReadAllBytesAsync(Required.Corpus("imports", name), Ct);
        await using var world = await AudienceWorld.CreateAsync(DatabaseEngine.Sqlite);
        var (report, problems) = await ImportAsync(world, bytes, o => o with { FileName = name });
        Assert.True(report.Added + report.Skipped > 0, string.Join('\n', problems));
        await using var db = world.Open();
        Assert.DoesNotContain(await db.Subscribers.ToListAsync(Ct), s => (s.Name ?? "").Contains('\uFFFD'));
        if (name.Contains("unsub") || name.Contains("cleaned")) Assert.False(await db.Subscriptions.AnyAsync(s => s.State == SubscriptionState.Active, Ct));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_export_holds_all_states_is_no_formula_and_comes_back_as_it_went(DatabaseEngine engine) // R171
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        await ImportAsync(world, "email,name\n=cmd@example.org,\"=HYPERLINK(\"\"x\"\")\"\nann@example.org,\"Ann, \"\"A\"\"\"\n");
        var left = await world.SubscribeAsync("left@example.org");
        await world.LeaveAsync(await world.TokenAsync(TokenPurpose.Unsubscribe, left.Id));
        var csv = await ExportAsync(world);
        Assert.Contains("'=cmd@example.org,\"'=HYPERLINK(\"\"x\"\")\"", csv);
        Assert.Contains("left@example.org,,,,en,,monthly,unsubscribed,", csv);

        await using var other = await AudienceWorld.CreateAsync(engine);
        await ImportAsync(other, csv, o => o with { Lists = [] });
        static string[] People(string text) => [.. text.Split("\r\n").Skip(1).Select(l => string.Join(',', l.Split(',').Take(2))).Order()];
        Assert.Equal(People(csv), People(await ExportAsync(other)));
        await using var db = other.Open();
        Assert.Equal((2, 1), (await db.Subscriptions.CountAsync(s => s.State == SubscriptionState.Active, Ct), await db.Subscriptions.CountAsync(s => s.State == SubscriptionState.Unsubscribed, Ct)));
    }

    private static Task<(ImportReport Report, List<Problem> Problems)> ImportAsync(AudienceWorld world, string file, Func<ImportOrder, ImportOrder>? change = null) =>
        ImportAsync(world, Encoding.UTF8.GetBytes(file), change);

    private static async Task<(ImportReport Report, List<Problem> Problems)> ImportAsync(AudienceWorld world, byte[] file, Func<ImportOrder, ImportOrder>? change = null)
    {
        var order = new ImportOrder
        {
            PublicationId = world.Publication.Id, FileName = "readers.csv", Lists = ["monthly"], ConsentSource = "sign-up sheet", ConsentDate = new DateOnly(2026, 3, 1),
        };
        var problems = new List<Problem>();
        using var stream = new MemoryStream(file);
        var report = await world.DoAsync<SubscriberImport, ImportReport>(i => i.RunAsync(stream, change?.Invoke(order) ?? order, problems.Add, null, Ct));
        return (report, problems);
    }

    private static async Task<string> ExportAsync(AudienceWorld world)
    {
        using var stream = new MemoryStream();
        await world.DoAsync<SubscriberExport, bool>(async e =>
        {
            await e.WriteCsvAsync(stream, new ExportOrder(world.Publication.Id, null, UserId: null), withMark: false, Ct);
            return true;
        });
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
