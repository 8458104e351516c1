using CrankMailer.Mail.Rules;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Tests.Mail.Rules;

public sealed class ReplyRulesTests
{
    [Fact]
    public void Every_row_of_the_corpus_is_classed_right() => AssertRows(File.ReadAllLines(Corpora.Get("smtp-replies.tsv")).Skip(1), 100);

    [Fact]
    public void Our_own_collection_is_classed_right() =>
        AssertRows(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Mail", "cases", "replies", "replies.tsv")).Where(line => line[0] != '#'), 200);

    [Fact]
    public void A_refusal_of_the_recipient_for_good_is_never_tried_again()
    {
        // R82: whatever the words say of "later".
        foreach (var text in new[] { "550 5.2.1 The user is receiving mail too quickly", "550 rate limit exceeded, try again later", "554 too many connections", "550 greylisted", "550 5.7.10 encryption needed" })
            Assert.NotEqual(ReplyEffect.Retry, Classify("google", SmtpPhase.Rcpt, text).Effect);
    }

    [Theory]
    [InlineData("550 5.1.1 no such user", ReplyEffect.Hard)]
    [InlineData("450 4.1.1 no such user, perhaps", ReplyEffect.Retry)]
    [InlineData("550 5.7.1 blocked by spamhaus", ReplyEffect.Block)]
    [InlineData("452 4.2.2 mailbox full", ReplyEffect.Retry)]
    [InlineData("552 5.2.2 mailbox full", ReplyEffect.Soft)]
    [InlineData("553 5.7.1 sender address not owned by user", ReplyEffect.Config)]
    [InlineData("550 xyzzy", ReplyEffect.Soft)]
    [InlineData("450 xyzzy", ReplyEffect.Retry)]
    [InlineData("250 ok", ReplyEffect.Accepted)]
    public void The_effect_follows_from_class_and_code(string reply, ReplyEffect effect) => Assert.Equal(effect, Classify(null, SmtpPhase.Rcpt, reply).Effect);

    [Fact]
    public void An_attempt_without_a_reply_has_a_verdict_too_but_not_an_unknown_one()
    {
        var session = new SmtpSession("relay.test", 25, null, null, null);
        Assert.Equal(ReplyEffect.Retry, ReplyRules.Default.Find(null, new SmtpOutcome.NotSent(SmtpPhase.Connect, SmtpFailure.CannotConnect, "", session))?.Effect);
        Assert.Equal("config", ReplyRules.Default.Find(null, new SmtpOutcome.NotSent(SmtpPhase.Mail, SmtpFailure.SmtpUtf8NotOffered, "", session))?.Class.Name);
        Assert.Null(ReplyRules.Default.Find(null, new SmtpOutcome.Unknown(SmtpFailure.TimedOut, "", session)));
    }

    [Fact]
    public void A_bad_rule_is_named_with_its_line()
    {
        var e = Assert.Throws<FormatException>(() => ReplyRules.Parse(new StringReader("[rules]\nno-such-class\t*\t*\t*\t*\t*\n"), "mine.tsv"));
        Assert.StartsWith("mine.tsv(2,1): error: unknown class no-such-class", e.Message);
    }

    [Fact]
    public void Random_replies_always_find_a_rule_and_soon()
    {
        var random = new Random(7);
        var words = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Mail", "cases", "replies", "replies.tsv")).Split(' ', '\t', '\n');
        for (var i = 0; i < 300; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(300)).Select(_ => words[random.Next(words.Length)]));
            Assert.NotNull(ReplyRules.Default.Classify("google", SmtpPhase.Rcpt, new SmtpReply(random.Next(200, 600), text)).Class);
        }
    }

    private static void AssertRows(IEnumerable<string> lines, int atLeast)
    {
        var wrong = new List<string>();
        var rows = lines.Select(line => line.Split('\t')).ToList();
        foreach (var row in rows)
        {
            var verdict = Classify(row[0], Enum.Parse<SmtpPhase>(row[1], ignoreCase: true), row[2].Replace("\\n", "\n", StringComparison.Ordinal));
            if (verdict.Class.Name != row[3] || (row.Length > 4 && verdict.Reaction != row[4])) wrong.Add($"{row[0]} {row[1]} {row[2]}: expected {row[3]}, got {verdict.Class.Name} by line {verdict.Rule}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(rows.Count > atLeast);
    }

    private static ReplyVerdict Classify(string? receiver, SmtpPhase phase, string text) =>
        ReplyRules.Default.Classify(receiver, phase, SmtpReply.Find(text) ?? throw new InvalidOperationException(text));
}
