using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Listener;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using CrankMailer.Tests.Databases;
using CrankMailer.Tests.Mail;
using CrankMailer.Tests.Mail.Listener;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Delivery;

public sealed class RelayTalkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_last_conversation_that_did_not_end_well_is_kept_without_secrets_and_people(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        using var certificate = TestCertificate.Make();
        var handler = new KeepingHandler { Recipient = recipient => recipient.StartsWith("reader1@", StringComparison.OrdinalIgnoreCase) ? new SmtpReply(550, $"5.1.1 <{recipient}> is unknown here") : new SmtpReply(250, "Ok") };
        await using var relay = SmtpListener.Start(
            new SmtpListenerOptions { Certificate = certificate, Authenticate = (user, password) => (user, password) == ("news", "geheim") }, handler, TimeProvider.System, NullLogger.Instance);
        await UseAsync(world, relay, row => row.AnyCertificate = true);
        await world.AddSubscribersAsync(3);
        await using var pump = RunningPump.Start(world.Services);
        var campaign = await world.StartCampaignAsync();
        var books = await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal((2, 1), (books.States[DeliveryState.Accepted], books.States[DeliveryState.Bounced]));
        await Eventually.HoldsAsync(() => world.Open().RelayTalks.AnyAsync(Ct), () => Task.FromResult("the conversation to be kept"));
        var talk = await world.Open().RelayTalks.SingleAsync(Ct);
        Assert.Equal("Refused at RCPT: 550 5.1.1 <…@example.org> is unknown here", talk.Outcome);
        Assert.Contains("C: AUTH PLAIN ********\n", talk.Lines);
        Assert.Contains("C: RCPT TO:<…@example.org>", talk.Lines);
        Assert.Contains("-- taken all the same, as set up: ", talk.Lines);
        foreach (var hidden in new[] { "reader1", "geheim", "bounce+" }) Assert.DoesNotContain(hidden, talk.Lines, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_relay_with_an_authority_of_our_own_is_used_and_one_without_is_down_with_the_reason()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        using var certificate = TestCertificate.Issue("localhost");
        var handler = new KeepingHandler();
        await using var relay = SmtpListener.Start(new SmtpListenerOptions { Certificate = certificate, Authenticate = (_, _) => true }, handler, TimeProvider.System, NullLogger.Instance);
        await UseAsync(world, relay, _ => { });
        await world.AddSubscribersAsync(2);
        await using var pump = RunningPump.Start(world.Services);
        var campaign = await world.StartCampaignAsync();
        Assert.Contains("Test Authority is not", (await world.UntilAsync(campaign, CampaignState.Paused)).Campaign.StateReason);
        await Eventually.HoldsAsync(() => world.Open().RelayTalks.AnyAsync(t => t.Outcome.Contains("Test Authority is not"), Ct), () => Task.FromResult("the conversation to be kept"));

        await UseAsync(world, relay, row => row.Authorities = TestCertificate.Authority.ExportCertificatePem());
        await world.Desk(d => d.ResumeAsync(campaign, null, Ct));
        Assert.Equal(2, (await world.UntilAsync(campaign, CampaignState.Done)).States[DeliveryState.Accepted]);
        Assert.All(handler.Mails, mail => Assert.Equal((true, "news"), (mail.Encrypted, mail.User)));
    }

    private static async Task UseAsync(World world, SmtpListener relay, Action<RelayRow> with)
    {
        await using var db = world.Open();
        var row = await db.Relays.SingleAsync(Ct);
        (row.Host, row.Port, row.Security, row.UserName) = ("localhost", relay.Endpoint.Port, RelaySecurity.Required, "news");
        row.Password = world.Services.GetRequiredService<PublicationSecrets>().WrapPassword("geheim");
        with(row);
        await db.SaveChangesAsync(Ct);
    }
}
