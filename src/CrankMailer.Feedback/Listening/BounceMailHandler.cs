using CrankMailer.Feedback.Reading;
using CrankMailer.Mail.Listener;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Feedback.Listening;

/// <summary>Takes mail only for envelope senders that we signed, so that there is nothing to guess and no queue to fill; answers the final dot after the commit (R113).</summary>
internal sealed class BounceMailHandler(IServiceScopeFactory scopes, TokenRings rings) : ISmtpMailHandler
{
    private const string LocalPart = "bounce+";
    private static readonly SmtpReply Taken = new(250, "2.0.0 Recorded");
    private static readonly SmtpReply Welcome = new(250, "2.1.5 Ok");
    private static readonly SmtpReply Unknown = new(550, "5.1.1 No such address here");

    public async ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, string sender, string recipient, CancellationToken ct)
    {
        var at = recipient.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || !recipient.StartsWith(LocalPart, StringComparison.OrdinalIgnoreCase)) return Unknown;
        var token = recipient[LocalPart.Length..at];
        var ring = await rings.GetAsync(ct);
        return ring.TryRead(token, TokenPurpose.Bounce, out _) || ring.TryRead(token, TokenPurpose.SystemMail, out _) ? Welcome : Unknown;
    }

    /// <summary>An exception becomes 451 in the listener: the server keeps the mail and comes again.</summary>
    public async ValueTask<SmtpReply> MessageAsync(ReceivedMail mail, CancellationToken ct)
    {
        var reports = BounceReader.Read(mail.Message, [.. mail.Recipients]);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FeedbackHandler>().HandleAsync(reports, "listener", ct);
        return Taken; // R110: nothing is ever answered by mail
    }
}
