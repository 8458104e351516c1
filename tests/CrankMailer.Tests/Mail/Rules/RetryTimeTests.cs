using CrankMailer.Mail.Rules;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Tests.Mail.Rules;

public sealed class RetryTimeTests
{
    [Theory]
    [InlineData("451 4.7.1 Greylisting in action, please come back in 00:07:30", 450)]
    [InlineData("450 4.2.0 Greylisted, please try again in 600 seconds", 600)]
    [InlineData("450 4.2.0 Greylisted for 10 minutes", 600)]
    [InlineData("421 4.7.0 Try again after 15 min", 900)]
    [InlineData("421 Too much mail, retry after 2 hours", 7200)]
    [InlineData("421 please wait 1h before reconnecting", 3600)]
    [InlineData("450 Bitte versuchen Sie es in 10 Minuten erneut", 600)]
    [InlineData("421 Veuillez réessayer dans 20 minutes", 1200)]
    [InlineData("450-4.7.1 Deferred.\n450 4.7.1 Come back in 01:00:00", 3600)]
    public void The_time_a_server_names_is_found(string reply, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Asked(reply));

    [Theory]
    [InlineData("450 4.2.0 Greylisted, come back in 00:00:59", 5)]
    [InlineData("421 try again in 0 seconds", 5)]
    [InlineData("421 try again in 24 hours", 240)]
    [InlineData("421 try again in 999999 hours", 240)]
    public void It_is_never_shorter_than_five_minutes_or_longer_than_four_hours(string reply, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), Asked(reply));

    [Theory]
    [InlineData("450 4.2.0 Greylisted, try again later")]
    [InlineData("421 4.7.0 Too many messages in the last 30 minutes from 192.0.2.9")]
    [InlineData("421 4.7.0 [TSS04] deferred - 4.16.55.1; see https://senders.example/error-codes")]
    [InlineData("450 4.2.1 Limit of 500 per 60 minutes reached, try again")]
    [InlineData("451 4.3.0 Try again. Session 12345 s-77")]
    public void Where_none_is_named_there_is_none(string reply) => Assert.Null(Asked(reply));

    [Fact]
    public void A_refusal_for_good_is_not_asked_again_whatever_it_names() => Assert.Null(Asked("550 5.7.1 rejected, try again in 10 minutes"));

    private static TimeSpan? Asked(string reply) =>
        ReplyRules.Default.Classify(null, SmtpPhase.Rcpt, SmtpReply.Find(reply) ?? throw new InvalidOperationException(reply)).RetryAfter;
}
