using System.Diagnostics;
using CrankMailer.Mail.Rules;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Tests.Mail.Rules;

public sealed class ReplyRulesTests
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "Mail", "cases", "replies");

    public static TheoryData<string> Collections => [.. Directory.GetFiles(Cases, "*.tsv").Select(file => Path.GetFileName(file))];

    [Fact]
    public void Every_row_of_the_corpus_is_classed_right() => AssertRows(File.ReadAllLines(Corpora.Get("smtp-replies.tsv")).Skip(1), 100);

    [Theory]
    [MemberData(nameof(Collections))]
    public void Our_own_collections_are_classed_right(string file) => AssertRows(OwnRows(file), 40);

    [Fact]
    public void Every_rule_of_a_conversation_is_reached_by_a_case()
    {
        var reached = AllOwnRows().Select(row => Classify(row).Rule).ToHashSet();
        var unreached = ReplyRules.Default.ConversationLines.Where(line => !reached.Contains(line)).ToList();
        Assert.True(unreached.Count == 0, $"No case reaches the rules in these lines of replies.tsv: {string.Join(", ", unreached)}. Add a reply, or take the rule out.");
    }

    [Fact]
    public void A_refusal_of_the_recipient_for_good_is_never_tried_again()
    {
        // R82: whatever the words say of "later".
        foreach (var text in new[] { "550 5.2.1 The user is receiving mail too quickly", "550 rate limit exceeded, try again later", "554 too many connections", "550 greylisted", "550 5.7.10 encryption needed" })
            Assert.NotEqual(ReplyEffect.Retry, Classify("google", SmtpPhase.Rcpt, text).Effect);
    }

    [Fact]
    public void Before_RCPT_nobody_is_suppressed_whatever_is_said()
    {
        foreach (var row in AllOwnRows())
            foreach (var phase in new[] { SmtpPhase.Connect, SmtpPhase.Mail })
                Assert.False(Classify(row[0], phase, row[2]).Effect == ReplyEffect.Hard, $"{row[0]} {phase} {row[2]}");
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

    [Theory]
    [InlineData("550 5.7.1 Rejected: <block-spam@inbox.example> no such user", "hard")]
    [InlineData("421 spam.blocked.example Service not available", "temp")]
    [InlineData("550 mail.full-inbox.example no such user", "hard")]
    public void Names_in_a_reply_are_no_statements(string reply, string expected) => Assert.Equal(expected, Classify(null, SmtpPhase.Rcpt, reply).Class.Name);

    [Theory]
    [InlineData("550 Sorry (#5.1.1)", "hard")]
    [InlineData("550 #5.1.0 Address rejected.", "hard")]
    [InlineData("552 Sorry (#5.2.2)", "full")]
    public void An_enhanced_code_counts_where_qmail_and_IronPort_put_it(string reply, string expected) => Assert.Equal(expected, Classify(null, SmtpPhase.Rcpt, reply).Class.Name);

    [Theory]
    [InlineData("550 Domain not found", SmtpPhase.Rcpt, "baddomain")]
    [InlineData("550 Domain not found", SmtpPhase.Mail, "config")]
    [InlineData("550 5.1.1 No such user", SmtpPhase.Dot, "hard")]
    [InlineData("550 5.1.1 No such user", SmtpPhase.Connect, "block")]
    [InlineData("454 4.3.0 Try again later", SmtpPhase.StartTls, "tls")]
    [InlineData("454 4.3.0 Try again later", SmtpPhase.Auth, "temp")]
    [InlineData("535 Who are you?", SmtpPhase.Auth, "config")]
    public void The_phase_tells_whose_fault_it_is(string reply, SmtpPhase phase, string expected) => Assert.Equal(expected, Classify(null, phase, reply).Class.Name);

    [Fact]
    public void An_unknown_receiver_is_nobody_in_particular()
    {
        foreach (var row in AllOwnRows().Where((_, i) => i % 5 == 0))
        {
            var phase = Enum.Parse<SmtpPhase>(row[1], ignoreCase: true);
            Assert.Equal(Classify(null, phase, row[2]).Rule, Classify("host.example", phase, row[2]).Rule);
        }
    }

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
        var words = AllOwnRows().SelectMany(row => row[2].Split(' ')).Distinct().ToArray();
        var texts = Enumerable.Range(0, 200).Select(_ => string.Join(' ', Picked(random, words, random.Next(300))))
            .Concat(Enumerable.Range(0, 100).Select(_ => string.Join(' ', Picked(random, Picked(random, words, 2), 400)))) // the same words over and over: what backtracks
            .Concat(Enumerable.Range(0, 100).Select(_ => string.Concat(Enumerable.Range(0, 2000).Select(_ => (char)random.Next(1, 0x3000)))))
            .Concat("a0.<@[(#: \t\n".Select(letter => new string(letter, 100_000)));
        Assert.NotNull(Classify(null, SmtpPhase.Rcpt, "550 xyzzy")); // the patterns are built
        foreach (var text in texts)
        {
            var reply = new SmtpReply(random.Next(400, 600), text);
            var phase = (SmtpPhase)random.Next((int)SmtpPhase.Quit);
            // Once in three, so that another process on the machine does not count.
            Assert.True(Enumerable.Range(0, 3).Any(_ => Took(() => ReplyRules.Default.Classify("google", phase, reply)) < TimeSpan.FromMilliseconds(100)), text);
        }
    }

    private static TimeSpan Took(Action run)
    {
        var start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start);
    }

    private static string[] Picked(Random random, string[] words, int count) => Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)]).ToArray();

    private static IEnumerable<string> OwnRows(string file) => File.ReadAllLines(Path.Combine(Cases, file)).Where(line => line.Length > 0 && line[0] != '#');

    private static IEnumerable<string[]> AllOwnRows() => Directory.GetFiles(Cases, "*.tsv").SelectMany(file => OwnRows(Path.GetFileName(file))).Select(line => line.Split('\t'));

    private static void AssertRows(IEnumerable<string> lines, int atLeast)
    {
        var wrong = new List<string>();
        var rows = lines.Select(line => line.Split('\t')).ToList();
        foreach (var row in rows)
        {
            var verdict = Classify(row);
            if (verdict.Class.Name != row[3] || (row.Length > 4 && verdict.Reaction != row[4])) wrong.Add($"{row[0]} {row[1]} {row[2]}: expected {row[3]}, got {verdict.Class.Name} by line {verdict.Rule}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(rows.Count >= atLeast);
    }

    private static ReplyVerdict Classify(string[] row) => Classify(row[0], Enum.Parse<SmtpPhase>(row[1], ignoreCase: true), row[2]);

    private static ReplyVerdict Classify(string? receiver, SmtpPhase phase, string text) =>
        ReplyRules.Default.Classify(receiver, phase, SmtpReply.Find(text.Replace("\\n", "\n", StringComparison.Ordinal)) ?? throw new InvalidOperationException(text));
}
