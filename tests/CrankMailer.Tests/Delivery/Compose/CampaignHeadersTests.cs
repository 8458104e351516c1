using CrankMailer.Delivery.Compose;
using CrankMailer.Mail.Compose;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery.Compose;

/// <summary>Headers of a campaign message (standards A and C), with the addresses and names publications really have.</summary>
public sealed class CampaignHeadersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_header_of_the_standards_stands_once()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var mail = Composed.Read(await Composed.CampaignAsync(world));
        Assert.Equal("\"Harbor Brief\" <brief@news.example.test>", mail.Header("From")); // R12
        Assert.Equal("\"Ada Lovelace\" <ada@example.org>", mail.Header("To")); // R11
        Assert.Equal("editors@news.example.test", mail.Header("Reply-To"));
        Assert.Matches(@"^<[a-z2-7]{20,50}@news\.example\.test>$", mail.Header("Message-ID")); // R13
        Assert.Equal("Mon, 15 Jun 2026 09:00:00 +0000", mail.Header("Date")); // R14
        Assert.Matches(@"^<https://news\.example\.test/u/[a-z2-7]+>$", mail.Header("List-Unsubscribe")); // R40, R42
        Assert.Equal("List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post")); // R41
        Assert.Equal("\"Harbor Brief\" <harbor-brief.news.example.test>", mail.Header("List-ID")); // R46
        Assert.Equal("<https://news.example.test>", mail.Header("List-Help").TrimEnd('/').Replace("/>", ">", StringComparison.Ordinal)); // R47
        Assert.Equal("<https://news.example.test/archive>", mail.Header("List-Archive"));
        Assert.Equal("<mailto:office@news.example.test>", mail.Header("List-Owner"));
        Assert.Equal("c1:monthly:harbor-brief:harborbr", mail.Header("Feedback-ID")); // R50
        Assert.Equal("bulk", mail.Header("Precedence")); // R51
        Assert.Equal("OOF, AutoReply", mail.Header("X-Auto-Response-Suppress"));
        Assert.Equal("c1", mail.Header("X-Campaign")); // R55
        Assert.Matches("^[a-z2-7]+$", mail.Header("X-Recipient"));
        Assert.DoesNotContain(mail.Headers, header => header.Name is "Bcc" or "Sender" or "Auto-Submitted" or "Return-Path");
        var others = string.Concat(mail.Headers.Where(header => header.Name != "To").Select(header => header.Value));
        Assert.DoesNotContain("ada@", others, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("lovelace", others, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_publication_of_another_script_has_ASCII_headers() // R8, R47, R73
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite, settings: s => (s["Delivery:MailtoUnsubscribe"], s["Delivery:BounceDomain"]) = ("true", "bounce.bücher.example"));
        await ChangeAsync(world, p => p with
        {
            Name = "Новости порта, «Гавань»", PublicUrl = "https://bücher.example/häfen", Organisation = p.Organisation with { Contact = "redaktion+häfen@bücher.example" },
            Sender = p.Sender with { Email = "brief@bücher.example" },
        });
        await using (var db = world.Open())
        {
            await db.Editions.ExecuteUpdateAsync(s => s.SetProperty(e => e.FromEmail, "brief@bücher.example").SetProperty(e => e.FromName, "Новости порта"), Ct);
            await db.DkimKeys.ExecuteUpdateAsync(s => s.SetProperty(k => k.Domain, "xn--bcher-kva.example"), Ct);
        }
        var mail = Composed.Read(await Composed.CampaignAsync(world));
        Assert.Matches(@"^<https://xn--bcher-kva\.example/h%C3%A4fen/u/[a-z2-7]+>, <mailto:unsub\+[a-z2-7]+@bounce\.xn--bcher-kva\.example>$", mail.Header("List-Unsubscribe"));
        Assert.Equal("<https://xn--bcher-kva.example/h%C3%A4fen/archive>", mail.Header("List-Archive"));
        Assert.Equal("<mailto:redaktion+h%C3%A4fen@xn--bcher-kva.example>", mail.Header("List-Owner"));
        Assert.EndsWith("<harbor-brief.xn--bcher-kva.example>", mail.Header("List-ID"), StringComparison.Ordinal);
        Assert.StartsWith("Новости порта, «Гавань»", mail.Text("List-ID"), StringComparison.Ordinal);
        Assert.EndsWith("@xn--bcher-kva.example>", mail.Header("Message-ID"), StringComparison.Ordinal);
        Assert.EndsWith("<brief@xn--bcher-kva.example>", mail.Header("From"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "news.example.test")]
    [InlineData("bounces.news.example.test", "bounces.news.example.test")]
    public async Task The_envelope_is_at_the_senders_domain_or_within_it(string? setting, string domain) // R37, R64
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite, settings: s => s["Delivery:BounceDomain"] = setting);
        var composer = await ActivatorUtilities.CreateInstance<CampaignComposers>(world.Services).GetAsync(0, world.EditionId, Ct);
        using var buffer = new MessageBuffer();
        var mail = composer.Compose(buffer, composer.NewValues(), new Recipient(world.PublicationId, 0, 7, 1, "ada@example.org", null, null, null, "{}"), world.Clock.GetUtcNow(), out _);
        Assert.Matches($"^bounce\\+[a-z2-7]+@{System.Text.RegularExpressions.Regex.Escape(domain)}$", mail?.Sender.ToString());
        Assert.InRange(mail?.Sender.LocalPart.Length ?? 0, 10, 64);
    }

    [Fact]
    public async Task The_longest_slug_still_makes_a_list_id() // R46, RFC 1035
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await ChangeAsync(world, p => p with { Slug = new string('s', 64) });
        Assert.EndsWith($"<{new string('s', 63)}.news.example.test>", Composed.Read(await Composed.CampaignAsync(world)).Header("List-ID"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abcd")]
    [InlineData("")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("ab:cd")]
    [InlineData("ab cd")]
    public async Task A_sender_id_that_Gmail_would_not_take_stops_the_campaign_with_the_reason(string id) // R50
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using (var db = world.Open()) await db.Publications.ExecuteUpdateAsync(s => s.SetProperty(p => p.FeedbackSenderId, id), Ct);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Composed.CampaignAsync(world));
        Assert.Contains("5 to 15", refused.Message);
    }

    [Theory]
    [InlineData("Dear {{ subscriber.first_name ?? \"reader\" }}, the ports", "Dear Ada, the ports")]
    [InlineData("{{ if subscriber.first_name }}For {{ subscriber.first_name }}{{ else }}For you{{ end }}", "For Ada")]
    [InlineData("Häfen für {{ subscriber.name }} – 日本語の件名もとても長くなることがありますので折り返します", "Häfen für Ada Lovelace – 日本語の件名もとても長くなることがありますので折り返します")]
    [InlineData("{{ subscriber.attributes.nothing }}", "")]
    public async Task A_subject_may_be_personal(string subject, string shown)
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using (var db = world.Open()) await db.Editions.ExecuteUpdateAsync(s => s.SetProperty(e => e.Subject, subject), Ct);
        Assert.Equal(shown, Composed.Read(await Composed.CampaignAsync(world)).Text("Subject"));
    }

    [Fact]
    public async Task A_subject_that_a_name_makes_endless_is_cut() // R15
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using (var db = world.Open()) await db.Editions.ExecuteUpdateAsync(s => s.SetProperty(e => e.Subject, "For {{ subscriber.name }}"), Ct);
        var mail = Composed.Read(await Composed.CampaignAsync(world, name: string.Concat(Enumerable.Repeat("Ääö 🙂 ", 5000))));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(mail.Text("Subject")), 990, 998);
        Assert.True(mail.Headers.Sum(header => header.Value.Length) < 10_000);
    }

    [Fact]
    public async Task A_retry_has_the_same_Message_ID_also_after_the_token_keys_were_rotated() // R13
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var rings = world.Services.GetRequiredService<TokenRings>();
        await rings.GetAsync(Ct); // the first key is made
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var campaign = await world.CreateCampaignAsync();
        var first = Composed.Read(await Composed.CampaignAsync(world, campaign, "ada@example.org", "Ada"));
        var system = Composed.Read(await Composed.SystemAsync(world));
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await rings.RotateAsync(Ct);
        world.Clock.Advance(TimeSpan.FromMinutes(5)); // composers are compiled anew
        var again = Composed.Read(await Composed.CampaignAsync(world, campaign, "ada@example.org", "Ada"));
        Assert.Equal(first.Header("Message-ID"), again.Header("Message-ID"));
        Assert.NotEqual(first.Header("List-Unsubscribe"), again.Header("List-Unsubscribe")); // links are signed with the new key
        Assert.NotEqual(first.Header("Date"), again.Header("Date"));
        Assert.Equal(system.Header("Message-ID"), Composed.Read(await Composed.SystemAsync(world, m => m.CreatedAt = world.Clock.GetUtcNow().AddMinutes(-10))).Header("Message-ID"));

        // A revoked key signs nothing, whatever the time.
        Assert.True(await rings.RevokeAsync(1, Ct));
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.NotEqual(first.Header("Message-ID"), Composed.Read(await Composed.CampaignAsync(world, campaign, "ada@example.org", "Ada")).Header("Message-ID"));
    }

    [Fact]
    public async Task The_same_moment_gives_the_same_bytes() // R25
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var campaign = await world.CreateCampaignAsync();
        var first = await Composed.CampaignAsync(world, campaign, "ada@example.org", "Ada");
        Assert.Equal(first, await Composed.CampaignAsync(world, campaign, "ada@example.org", "Ada"));
    }

    [Theory]
    [InlineData("confirm")]
    [InlineData("welcome")]
    [InlineData("preferences")]
    [InlineData("alreadysubscribed")]
    [InlineData("test")]
    [InlineData("alert")]
    public async Task System_mail_has_its_own_rules(string kind) // R51, R54
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var mail = Composed.Read(await Composed.SystemAsync(world, m => (m.Kind, m.PublicationId) = (kind, kind == "alert" ? null : world.PublicationId)));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Equal("All", mail.Header("X-Auto-Response-Suppress"));
        Assert.DoesNotContain(mail.Headers, header => header.Name.StartsWith("List-", StringComparison.Ordinal) || header.Name is "Precedence" or "Feedback-ID" or "X-Campaign");
        Assert.NotEmpty(mail.Header("DKIM-Signature")); // R30
    }

    private static async Task ChangeAsync(World world, Func<Publication, Publication> change)
    {
        await using var db = world.Open();
        var row = await db.Publications.SingleAsync(Ct);
        row.Document = change(row.Document);
        await db.SaveChangesAsync(Ct);
    }
}
