using CrankMailer.Mail.Mime;
using CrankMailer.Model;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Delivery.Compose;

/// <summary>Attachments and inline pictures of an edition, on the whole road to the relay (R22, R23, design §4).</summary>
public sealed class EditionFilesTests
{
    private static readonly byte[] Picture = [.. "\u0089PNG"u8, .. new byte[500]];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_was_frozen_with_the_edition_arrives(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        var edition = await world.AddEditionAsync("de", Fill);
        await world.AddSubscriberAsync("ada@example.org", "Ada", s => s.Lang = "de");
        var campaign = await world.CreateCampaignAsync(editions: [edition.Id]);
        await world.Desk(d => d.StartAsync(campaign, null, Ct));
        await using var pump = RunningPump.Start(world.Services);
        await world.UntilAsync(campaign, CampaignState.Done);
        AssertFiles(Assert.Single(relay.Mails).Octets);
    }

    [Fact]
    public async Task A_test_of_the_edition_has_them_too()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var edition = await world.AddEditionAsync("de", Fill);
        AssertFiles(await Composed.SystemAsync(world, m => (m.Kind, m.EditionId, m.Html, m.Text) = ("test", edition.Id, "", "")));
    }

    [Theory]
    [InlineData("mail.eml", "message/rfc822", "octet-stream")]
    [InlineData("table.csv", "text/csv", "UTF-8")]
    [InlineData("a/b.pdf", "application/pdf", "slash")]
    public async Task A_file_that_no_message_may_hold_stops_the_campaign_with_the_reason(string name, string type, string word)
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var edition = await world.AddEditionAsync("de", e => e.Files.Add(new EditionFile { Name = name, MediaType = type, Bytes = [0xff, 0xfe] }));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Composed.CampaignAsync(world, edition: edition.Id));
        Assert.Contains(word, refused.Message);
    }

    private static void Fill(Edition edition)
    {
        edition.Html = edition.Html.Replace("<h1>", "<img src=\"cid:pier@news.example.test\" alt=\"A pier\" width=\"600\"><h1>", StringComparison.Ordinal);
        // Not in their order: the position says it.
        edition.Files.Add(new EditionFile { Position = 1, Name = "Häfen, Juni.csv", MediaType = "text/csv", Bytes = "Hafen;Größe\n"u8.ToArray() });
        edition.Files.Add(new EditionFile { Position = 0, Name = "report.pdf", MediaType = "application/pdf", Bytes = new byte[1000] });
        edition.Files.Add(new EditionFile { Position = 2, Inline = true, Name = "pier@news.example.test", MediaType = "image/png", Bytes = Picture });
    }

    private static void AssertFiles(byte[] octets)
    {
        Composed.Read(octets);
        var mail = MimeMessage.Parse(octets);
        Assert.Equal(["report.pdf", "Häfen, Juni.csv"], mail.Root.Parts.Where(part => part.IsAttachment).Select(part => part.FileName));
        Assert.Equal("Hafen;Größe\n"u8.ToArray(), mail.Attachments.Last().DecodeContent());
        Assert.Equal(Picture, mail.FindByContentId("pier@news.example.test")?.DecodeContent());
        Assert.Contains("cid:pier@news.example.test", mail.HtmlBody);
    }
}
