using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Headers;
using CrankMailer.Mail.Mime;
using CrankMailer.Mail.Rules;
using CrankMailer.Mail.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>Composed, signed and handed over by us; taken and stored by an Exim.</summary>
public sealed class RealEximTests(Exim exim) : IClassFixture<Exim>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpSecurity.None)]
    [InlineData(SmtpSecurity.Required)]
    public async Task A_signed_message_with_dots_arrives_unhurt(SmtpSecurity security)
    {
        exim.SkipWhereAbsent();
        var signers = SoundMail.NewSigners();
        using var buffer = new MessageBuffer();
        A.CampaignPlan().Write(buffer, A.Stamp("Jörg", "ann@inbox.test"), new Values("Jürgen", "tok", "\n.\n..\n"), signers);
        await using var client = Client(security);
        var outcome = await client.SendAsync(new SmtpTransaction(EmailAddress.Create("bounce+1@crank.test"), EmailAddress.Create("ann@inbox.test"), buffer.Written) { Dsn = new SmtpDsn("id1") }, Ct);
        Assert.True(outcome is SmtpOutcome.Accepted, string.Join('\n', outcome.Transcript));
        Assert.Equal(security == SmtpSecurity.Required, outcome.Session.TlsVersion is not null);

        var stored = await exim.TakeAsync(Ct);
        await SoundMail.AssertAsync(stored, signers, Ct);
        var text = MimeMessage.Parse(stored).TextBody?.ReplaceLineEndings("\n");
        Assert.Contains(".ein Punkt\n..zwei\n", text);
        Assert.EndsWith("\n.\n..\n", text?.TrimEnd('\n') + "\n");
    }

    [Fact]
    public async Task Who_must_log_in_does_so_over_TLS_with_a_verified_certificate()
    {
        exim.SkipWhereAbsent();
        await using (var nobody = Client(SmtpSecurity.Required))
        {
            var refused = Assert.IsType<SmtpOutcome.Refused>(await SendAsync(nobody, "ann@auth.test"));
            Assert.Equal((SmtpPhase.Rcpt, 530), (refused.Phase, refused.Reply.Code));
            Assert.Equal("config", ReplyRules.Default.Find(null, refused)?.Class.Name);
        }
        await using (var wrong = Client(SmtpSecurity.Required, "falsch"))
            Assert.Equal((SmtpPhase.Auth, 535), Assert.IsType<SmtpOutcome.Refused>(await SendAsync(wrong, "ann@auth.test")) is { Phase: var phase, Reply.Code: var code } ? (phase, code) : default);
        await using (var clear = Client(SmtpSecurity.None, "geheim"))
            Assert.Equal(SmtpFailure.AuthNotPossible, Assert.IsType<SmtpOutcome.NotSent>(await SendAsync(clear, "ann@auth.test")).Failure);
        await using var client = Client(SmtpSecurity.Required, "geheim");
        Assert.IsType<SmtpOutcome.Accepted>(await SendAsync(client, "ann@auth.test"));
        Assert.Contains("Envelope-to: ann@auth.test", Encoding.UTF8.GetString(await exim.TakeAsync(Ct)));
    }

    [Fact]
    public async Task An_address_beyond_ASCII_is_taken_by_SMTPUTF8()
    {
        exim.SkipWhereAbsent();
        await using var client = Client(SmtpSecurity.None);
        Assert.IsType<SmtpOutcome.Accepted>(await SendAsync(client, "jörg@gmail.test"));
        Assert.Contains("jörg@gmail.test", Encoding.UTF8.GetString(await exim.TakeAsync(Ct)));
    }

    [Fact]
    public async Task Its_refusals_are_understood_at_every_phase_and_the_connection_goes_on()
    {
        exim.SkipWhereAbsent();
        await using var client = Client(SmtpSecurity.None);
        foreach (var (recipient, subject, phase, code, effect) in new[]
        {
            ("hard@inbox.test", "x", SmtpPhase.Rcpt, 550, ReplyEffect.Hard), ("grey@inbox.test", "x", SmtpPhase.Rcpt, 451, ReplyEffect.Retry),
            ("ann@inbox.test", "refuse me", SmtpPhase.Dot, 554, ReplyEffect.Block), ("ann@inbox.test", "later please", SmtpPhase.Dot, 451, ReplyEffect.Retry),
        })
        {
            var refused = Assert.IsType<SmtpOutcome.Refused>(await SendAsync(client, recipient, subject));
            Assert.Equal((recipient, subject, phase, code, effect), (recipient, subject, refused.Phase, refused.Reply.Code, ReplyRules.Default.Find(null, refused)?.Effect ?? default));
        }
        Assert.IsType<SmtpOutcome.Accepted>(await SendAsync(client, "ann@inbox.test"));
        await exim.TakeAsync(Ct);
    }

    [Fact]
    public async Task A_server_that_ends_a_connection_after_some_messages_loses_none()
    {
        exim.SkipWhereAbsent();
        await using var client = Client(SmtpSecurity.None);
        for (var n = 0; n < 12; n++) Assert.IsType<SmtpOutcome.Accepted>(await SendAsync(client, "ann@inbox.test", $"mail {n}"));
        var subjects = new List<string?>();
        for (var n = 0; n < 12; n++) subjects.Add(MimeMessage.Parse(await exim.TakeAsync(Ct)).Subject);
        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"mail {n}").Order(), subjects.Order());
    }

    private static Task<SmtpOutcome> SendAsync(SmtpRelayClient client, string recipient, string subject = "x") =>
        client.SendAsync(new SmtpTransaction(EmailAddress.Create("bounce+1@crank.test"), EmailAddress.Create(recipient), Encoding.ASCII.GetBytes($"Subject: {subject}\r\n\r\nx\r\n")), Ct);

    private SmtpRelayClient Client(SmtpSecurity security, string? password = null) => new(
        new SmtpEndpoint
        {
            Host = "localhost", Port = exim.Port, HeloName = "client.test", Security = security, Authorities = [TestCertificate.Authority],
            Credential = password is null ? null : new SmtpCredential.Password("news", password),
        },
        new SmtpPoolLimits { Connections = 1 }, TimeProvider.System, NullLogger.Instance);
}
