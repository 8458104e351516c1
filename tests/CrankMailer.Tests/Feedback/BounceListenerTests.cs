using System.Net;
using System.Net.Sockets;
using System.Text;
using CrankMailer.Feedback.Listening;
using CrankMailer.Mail.Listener;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Tokens;
using CrankMailer.Tests.Databases;
using CrankMailer.Tests.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Feedback;

public sealed class BounceListenerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task It_takes_mail_for_our_signed_addresses_only_and_answers_after_the_commit(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port);
        await world.AddSubscribersAsync(1);
        var campaign = await world.StartCampaignAsync();
        await using (RunningPump.Start(world.Services)) await world.UntilAsync(campaign, CampaignState.Done);
        var mail = Assert.Single(relay.Mails);

        var handler = new BounceMailHandler(world.Services.GetRequiredService<IServiceScopeFactory>(), world.Services.GetRequiredService<TokenRings>());
        await using var listener = SmtpListener.Start(new SmtpListenerOptions { Endpoint = new IPEndPoint(IPAddress.Loopback, 0) }, handler, TimeProvider.System, NullLogger.Instance);
        using var client = new TcpClient();
        await client.ConnectAsync(listener.Endpoint, Ct);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        async Task<string> SayAsync(string? line)
        {
            if (line is not null) await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), Ct);
            string? answer;
            do { answer = await reader.ReadLineAsync(Ct); } while (answer is { Length: > 3 } && answer[3] == '-');
            return answer ?? "";
        }

        Assert.StartsWith("220", await SayAsync(null));
        Assert.StartsWith("250", await SayAsync("EHLO mx.example.org"));
        Assert.StartsWith("250", await SayAsync("MAIL FROM:<>"));
        foreach (var stranger in new[] { "postmaster@news.example.test", "bounce@news.example.test", "bounce+" + mail.Sender[8..], "bounce+aaaaaaaaaaaaaaaaaaaaaaaaaaa@news.example.test" })
            Assert.StartsWith("550 5.1.1", await SayAsync($"RCPT TO:<{stranger}>"));
        Assert.StartsWith("250", await SayAsync($"RCPT TO:<{mail.Sender.ToUpperInvariant()}>")); // a server on the way may have changed the case
        Assert.StartsWith("354", await SayAsync("DATA"));
        // The header names nobody of ours: the envelope is enough.
        Assert.StartsWith("250", await SayAsync(Encoding.ASCII.GetString(ReturnedMail.Bounce(mail, to: "somebody@example.org")) + "\r\n."));

        await using var db = world.Open();
        Assert.Equal(DeliveryState.Bounced, (await db.Deliveries.SingleAsync(Ct)).State);
        Assert.Equal("listener", (await db.FeedbackEntries.SingleAsync(Ct)).Source);
    }
}
