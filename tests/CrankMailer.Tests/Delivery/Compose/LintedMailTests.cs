using CrankMailer.Mail.Dkim;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Mails;
using CrankMailer.Tests.Mail;
using CrankMailer.Tests.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery.Compose;

/// <summary>Real mails, rendered by the real theme in scripts of all kinds and sent to readers of all names, before judges that are not
/// ours: lint_eml.py and dkimpy.</summary>
public sealed class LintedMailTests : IDisposable
{
    private static readonly DkimKey Ed25519 = DkimKey.IsSupported(DkimAlgorithm.Ed25519Sha256) ? DkimKey.Generate(DkimAlgorithm.Ed25519Sha256) : World.SigningKey;

    /// <summary>Headline and paragraph.</summary>
    private static readonly Dictionary<string, (string Headline, string Text)> Words = new()
    {
        ["en"] = ("The light on Gull Rock is lit again", "After ten years the lamp turns. \"It was only the fuse\", says the keeper; = signs, dots\n\n.like this one\n\nFrom here on all is well."),
        ["de"] = ("Das Feuer auf dem Möwenfelsen brennt wieder", "Nach zehn Jahren dreht sich die Lampe. „Es war nur die Sicherung“, sagt der Wärter – größere Schäden gab es nicht."),
        ["ru"] = ("Маяк на Чаячьей скале снова горит", "Спустя десять лет лампа снова вращается. «Дело было только в предохранителе», — говорит смотритель."),
        ["ko"] = ("갈매기 바위의 등대가 다시 켜졌다", "십 년 만에 등불이 다시 돌고 있다. \"퓨즈가 문제였을 뿐\"이라고 등대지기는 말한다."),
        ["ar"] = ("منارة صخرة النورس تضيء من جديد", "بعد عشر سنوات يدور المصباح من جديد. «كان الفيوز فقط»، يقول الحارس."),
    };

    private static readonly string?[] Names =
    [
        null, "Ada Lovelace", "Doe, \"Jo\" <jo@x.test>", "Größe, Jürgen; der Ältere", "Ярослав Мудрый", "홍길동", "محمد بن سلمان", "👩‍👩‍👧‍👦 Familie Müller 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "Eve\r\nBcc: all@example.org", "\u202eevil\u202c \ud800", "=?utf-8?q?Bob?=", " ",
        string.Concat(Enumerable.Repeat("Anna Maria ", 27)), new string('ü', 300), new string('n', 300),
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("crankmailer-lint").FullName;
    private int files;

    public static TheoryData<string> Languages => [.. Words.Keys];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(Languages))]
    public async Task A_campaign_has_no_fault_whoever_gets_it(string lang)
    {
        await using var world = await CreateAsync(lang);
        var edition = await AddEditionAsync(world, lang, _ => { });
        var campaign = await world.CreateCampaignAsync(editions: [edition.Id]);
        var messages = await Composed.CampaignAsync(world, campaign, [.. Names.Select(name => ("ada+tag@example.org", name))], edition.Id);
        var read = Composed.Read(messages[0]);
        foreach (var part in new[] { "text/plain", "text/html" }) // R24, R48
            Assert.All(new[] { "https://news.example.test/u/", "https://news.example.test/preferences/", "https://news.example.test/view/", "1 Pier Road" }, must => Assert.Contains(must, read.Part(part)));
        // Each name in one language is enough for the judge, who takes his time; our own strict reader sees all of them.
        var mine = Words.Keys.ToList().IndexOf(lang);
        for (var n = 0; n < messages.Count; n++)
        {
            if (n % Words.Count == mine) await AssertNoFaultAsync(messages[n], withDkim: false);
            else Composed.Read(messages[n]);
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task A_campaign_with_files_and_pictures_has_no_fault(string lang)
    {
        await using var world = await CreateAsync(lang);
        var edition = await AddEditionAsync(world, lang, e =>
        {
            e.Html = e.Html.Replace("</h1>", "</h1><img src=\"cid:pier@news.example.test\" alt=\"A pier\" width=\"600\">", StringComparison.Ordinal);
            e.Files.Add(new EditionFile { Position = 0, Inline = true, Name = "pier@news.example.test", MediaType = "image/png", Bytes = new byte[5000] });
            e.Files.Add(new EditionFile { Position = 1, Name = $"{Words[lang].Headline}.pdf", MediaType = "application/pdf", Bytes = new byte[70_000] });
            e.Files.Add(new EditionFile { Position = 2, Name = "table.csv", MediaType = "text/csv", Bytes = System.Text.Encoding.UTF8.GetBytes($"{Words[lang].Headline};1\n") });
        });
        await AssertNoFaultAsync(await Composed.CampaignAsync(world, await world.CreateCampaignAsync(editions: [edition.Id]), "ada@bücher.example", "Ада", edition.Id), withDkim: true);
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task Every_system_mail_has_no_fault(string lang)
    {
        await using var world = await CreateAsync(lang);
        var publication = await PublicationAsync(world);
        var renderer = new MailRenderer(Path.Combine(Required.Solution, "templates", "mails"));
        var model = new Dictionary<string, object?>
        {
            ["email"] = "ada@example.org", ["site"] = "https://news.example.test", ["items"] = new[] { Words[lang].Headline, "Monthly" }, ["button_url"] = "https://news.example.test/confirm/abcdefghijklmnopqrstuvwxyz",
            ["days"] = 7, ["inviter"] = Words[lang].Headline, ["role"] = "editor", ["title"] = Words[lang].Headline, ["text"] = Words[lang].Text, ["archive_url"] = "https://news.example.test/archive",
        };
        var n = 0;
        foreach (var kind in MailModel.Needed.Keys)
        {
            var mail = renderer.Render(kind, model, publication.Document, lang);
            var message = await Composed.SystemAsync(world, m => (m.Kind, m.Subject, m.Html, m.Text, m.ToName) = (kind, mail.Subject, mail.Html, mail.Text, Names[++n] ?? ""));
            await AssertNoFaultAsync(message, withDkim: n == 1, "--transactional");
        }
        var edition = await AddEditionAsync(world, lang, _ => { });
        await AssertNoFaultAsync(await Composed.SystemAsync(world, m => (m.Kind, m.EditionId, m.Html, m.Text, m.ToName) = ("test", edition.Id, "", "", "Größe")), withDkim: false);
    }

    private static async Task<World> CreateAsync(string lang)
    {
        Required.Tool("lint_eml.py");
        var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var db = world.Open();
        var row = await db.Publications.SingleAsync(Ct);
        row.Document = row.Document with { Name = Words[lang].Headline, Lang = lang, Why = Words[lang].Text, Copyright = "© {year} Harbor Institute" };
        if (DkimKey.IsSupported(DkimAlgorithm.Ed25519Sha256))
        {
            db.DkimKeys.Add(new DkimKeyRow
            {
                PublicationId = row.Id, Domain = "news.example.test", Selector = "ed1", Algorithm = DkimKeyRow.Ed25519, Active = true, DnsRecord = Ed25519.DnsRecord,
                PrivateKey = world.Services.GetRequiredService<PublicationSecrets>().WrapKey(Ed25519.ToPem()), CreatedAt = world.Clock.GetUtcNow(),
            });
        }
        await db.SaveChangesAsync(Ct);
        return world;
    }

    private static async Task<Edition> AddEditionAsync(World world, string lang, Action<Edition> with)
    {
        var (headline, text) = Words[lang];
        var issue = new Issue
        {
            Title = headline, Subject = $"{{{{ subscriber.first_name ?? \"Ports\" }}}}: {headline}, {headline}", Preheader = text, Period = "2026-06", Slug = "2026-06", Lang = lang, Intro = $"{text} {{{{ subscriber.first_name }}}}",
            Sections =
            [
                new StoriesSection { Heading = headline, Stories = [new Story { Headline = headline, Body = string.Join("\n\n", Enumerable.Repeat(text, 20)), Url = "https://news.example.test/a" }] },
                new BriefsSection { Heading = headline, Items = [.. Enumerable.Range(0, 12).Select(n => new Brief { Text = $"{n}. {text.ReplaceLineEndings(" ")}", Sources = [new Source { Name = headline, Url = $"https://news.example.test/{n}" }] })] },
            ],
        };
        var rendered = Rendered.Of(issue, (await PublicationAsync(world)).Document);
        Assert.DoesNotContain(rendered.Problems, problem => problem.Severity == Severity.Error);
        return await world.AddEditionAsync(lang, edition =>
        {
            (edition.Subject, edition.Html, edition.Text, edition.FromName) = (rendered.Subject, rendered.Html, rendered.Text, headline);
            with(edition);
        });
    }

    private static async Task<PublicationRow> PublicationAsync(World world)
    {
        await using var db = world.Open();
        return await db.Publications.AsNoTracking().SingleAsync(Ct);
    }

    private async Task AssertNoFaultAsync(byte[] message, bool withDkim, params string[] options)
    {
        Composed.Read(message);
        var file = Path.Combine(folder, $"{++files}.eml");
        await File.WriteAllBytesAsync(file, message, Ct);
        var (exit, output) = await Corpora.RunToolAsync("lint_eml.py", [file, .. options]);
        Assert.True(exit == 0, output);
        Assert.DoesNotContain("WARN", output);
        if (withDkim) await AssertSignedAsync(file);
    }

    private async Task AssertSignedAsync(string file)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "cm1._domainkey.news.example.test"), World.SigningKey.DnsRecord, Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "ed1._domainkey.news.example.test"), Ed25519.DnsRecord, Ct);
        var (exit, output) = await Corpora.RunToolAsync("verify_dkim.sh", file, folder);
        if (output.Contains("No module named", StringComparison.Ordinal)) Required.Missing("python3-dkim or python3-nacl");
        Assert.True(exit == 0, output);
        Assert.Equal(DkimKey.IsSupported(DkimAlgorithm.Ed25519Sha256) ? 2 : 1, output.Split('\n').Count(line => line.StartsWith("PASS", StringComparison.Ordinal)));
    }
}
