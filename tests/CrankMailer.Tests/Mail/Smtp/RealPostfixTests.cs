using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Headers;
using CrankMailer.Mail.Mime;
using CrankMailer.Mail.Rules;
using CrankMailer.Mail.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>Composed, signed and handed over by us; taken and stored by a Postfix.</summary>
public sealed class RealPostfixTests(Postfix postfix) : IClassFixture<Postfix>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpSecurity.None)]
    [InlineData(SmtpSecurity.Required)]
    public async Task A_signed_message_with_dots_arrives_unhurt(SmtpSecurity security)
    {
        postfix.SkipWhereAbsent();
        var signers = SoundMail.NewSigners();
        using var buffer = new MessageBuffer();
        A.CampaignPlan().Write(buffer, A.Stamp("Jörg", "ann@inbox.test"), new Values("Jürgen", "tok", "\n.\n..\n"), signers);
        await using var client = Client(security);
        var outcome = await client.SendAsync(new SmtpTransaction(EmailAddress.Create("bounce+1@crank.test"), EmailAddress.Create("ann@inbox.test"), buffer.Written) { Dsn = new SmtpDsn("id1") }, Ct);
        Assert.True(outcome is SmtpOutcome.Accepted, string.Join('\n', outcome.Transcript));
        Assert.Equal(security == SmtpSecurity.Required, outcome.Session.TlsVersion is not null);

        var stored = await postfix.TakeAsync("inbox.test", Ct);
        await SoundMail.AssertAsync(stored, signers, Ct);
        Assert.Contains(".ein Punkt\n..zwei\n", MimeMessage.Parse(stored).TextBody?.ReplaceLineEndings("\n"));
        Assert.EndsWith("\n.\n..\n", MimeMessage.Parse(stored).TextBody?.ReplaceLineEndings("\n").TrimEnd('\n') + "\n");
    }

    [Fact]
    public async Task An_address_beyond_ASCII_is_taken_by_SMTPUTF8()
    {
        postfix.SkipWhereAbsent();
        using var buffer = new MessageBuffer();
        A.CampaignPlan().Write(buffer, A.Stamp("Jörg", "jörg@gmail.test"), new Values("a", "b", "c"), []);
        await using var client = Client(SmtpSecurity.None);
        var outcome = await client.SendAsync(new SmtpTransaction(null, EmailAddress.Create("jörg@gmail.test"), buffer.Written), Ct);
        Assert.True(outcome is SmtpOutcome.Accepted, string.Join('\n', outcome.Transcript));
        Assert.Contains("<jörg@gmail.test>", Encoding.UTF8.GetString(await postfix.TakeAsync("gmail.test", Ct)));
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused()
    {
        postfix.SkipWhereAbsent();
        await using var client = new SmtpRelayClient(Endpoint(SmtpSecurity.Required) with { AllowUntrustedCertificate = false }, new SmtpPoolLimits(), TimeProvider.System, NullLogger.Instance);
        Assert.Equal(SmtpFailure.CertificateRefused, Assert.IsType<SmtpOutcome.NotSent>(await client.FindProblemAsync(Ct)).Failure);
    }

    [Fact]
    public async Task Its_refusals_are_understood_and_the_connection_goes_on()
    {
        postfix.SkipWhereAbsent();
        await using var client = Client(SmtpSecurity.None);
        foreach (var (recipient, @class) in new[] { ("hard@inbox.test", "hard"), ("grey@inbox.test", "greylist"), ("full@reject.test", "full"), ("tss04@inbox.test", "throttle_long"), ("block@inbox.test", "block"), ("ok@yahoo.test", "ok") })
        {
            var receiver = recipient.StartsWith("tss", StringComparison.Ordinal) ? "yahoo" : null;
            var outcome = await client.SendAsync(new SmtpTransaction(null, EmailAddress.Create(recipient), "Subject: x\r\n\r\nx\r\n"u8.ToArray()), Ct);
            Assert.Equal((recipient, @class), (recipient, ReplyRules.Default.Find(receiver, outcome)?.Class.Name));
        }
    }

    private SmtpRelayClient Client(SmtpSecurity security) => new(Endpoint(security), new SmtpPoolLimits { Connections = 1 }, TimeProvider.System, NullLogger.Instance);

    private SmtpEndpoint Endpoint(SmtpSecurity security) => new() { Host = "127.0.0.1", Port = postfix.Port, HeloName = "client.test", Security = security, AllowUntrustedCertificate = true };
}
