using System.Buffers;
using System.Diagnostics;
using System.Text;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>Whatever a server sends for a reply: never an exception, never without end, the same however the network cuts it (R66).</summary>
public sealed class SmtpReplyFuzzTests
{
    private static readonly string[] Pieces =
    [
        "250", "250 ", "250-", "250 OK", "421 4.3.2 closing", "550 5.1.1 ", "550-5.7.1 [1.2.3.4]", "354", "999 x", "199 x", "2500 x", "25 x", "abc", "", " ", "\t", "\r\n", "\n", "\r", "\r\r\n", "\0", "\u001b[31m",
        "é", "\u00ff\u00fe", "250\t", "250-\r\n250-\r\n250 \r\n", "-", "5.1.1", "5.1.1.1.1", "5.9999.1", new string('x', 600), new string('y', 5000), "220-" + new string('z', 4092) + "\r\n",
    ];

    [Fact]
    public void Noise_is_read_the_same_however_it_is_cut() => Seeds.Try(3000, random =>
    {
        var sent = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Pieces[random.Next(Pieces.Length)])));
        if (random.Next(4) == 0) random.NextBytes(sent);
        var whole = ReadAll(new ReadOnlySequence<byte>(sent));
        var cut = ReadAll(Cut(sent, random));
        Assert.Equal(whole.Outcome, cut.Outcome);
        Assert.Equal(whole.Replies, cut.Replies);
        foreach (var reply in whole.Replies)
        {
            Assert.InRange(reply.Code, 200, 599);
            Assert.InRange(reply.Lines.Count, 1, 200);
            // What an operator is shown cannot steer a terminal or a log.
            Assert.All(reply.Lines, line => Assert.DoesNotContain(line, c => char.IsControl(c) && c != '\t'));
            _ = reply.Text + reply.EnhancedCode + reply;
        }
    });

    [Fact]
    public void A_reply_is_read_only_when_all_of_it_is_there() => Seeds.Try(500, random =>
    {
        var lines = Enumerable.Range(0, random.Next(1, 6)).Select(n => $"line {n}{(random.Next(3) == 0 ? "" : new string('x', random.Next(500)))}").ToList();
        var wire = Encoding.ASCII.GetBytes(string.Concat(lines.Select((line, n) => $"550{(n == lines.Count - 1 ? ' ' : '-')}{line}\r\n")));
        for (var length = 0; length < wire.Length; length += random.Next(1, 20))
        {
            var part = new ReadOnlySequence<byte>(wire, 0, length);
            Assert.Equal(SmtpReplyReader.Outcome.Incomplete, SmtpReplyReader.TryRead(ref part, out _));
        }
        var all = new ReadOnlySequence<byte>([.. wire, .. "250 next\r\n"u8]);
        Assert.Equal(SmtpReplyReader.Outcome.Complete, SmtpReplyReader.TryRead(ref all, out var reply));
        Assert.Equal(lines, reply?.Lines);
        Assert.Equal("250 next\r\n"u8.ToArray(), all.ToArray()); // what follows stays for the next command
    });

    [Theory]
    [InlineData("250-x\r\n")]
    [InlineData("x")]
    [InlineData("250-")]
    [InlineData("250-x")]
    public void A_reply_without_end_is_given_up_early(string piece)
    {
        var endless = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(piece, 2_000_000 / piece.Length))));
        var watch = Stopwatch.StartNew();
        Assert.Equal(SmtpReplyReader.Outcome.Malformed, SmtpReplyReader.TryRead(ref endless, out _));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
    }

    [Fact]
    public void What_people_paste_never_throws() => Seeds.Try(3000, random =>
    {
        var pasted = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        if (SmtpReply.Find(pasted) is not { } reply) return;
        Assert.InRange(reply.Code, 200, 599);
        Assert.NotEmpty(reply.Lines);
        _ = reply.Text + reply.EnhancedCode + reply;
    });

    private static (SmtpReplyReader.Outcome Outcome, List<SmtpReply> Replies) ReadAll(ReadOnlySequence<byte> sent)
    {
        var replies = new List<SmtpReply>();
        while (true)
        {
            var before = sent.Length;
            var outcome = SmtpReplyReader.TryRead(ref sent, out var reply);
            if (outcome != SmtpReplyReader.Outcome.Complete || reply is null) return (outcome, replies);
            Assert.True(sent.Length < before, "nothing was taken");
            replies.Add(reply);
        }
    }

    private static ReadOnlySequence<byte> Cut(byte[] sent, Random random)
    {
        Segment? first = null, last = null;
        for (var at = 0; at < sent.Length || first is null;)
        {
            var length = Math.Min(random.Next(0, 9), sent.Length - at);
            last = new Segment(sent.AsMemory(at, length), last);
            first ??= last;
            at += length;
        }
        return new ReadOnlySequence<byte>(first, 0, last ?? first, (last ?? first).Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> octets, Segment? before)
        {
            Memory = octets;
            if (before is null) return;
            before.Next = this;
            RunningIndex = before.RunningIndex + before.Memory.Length;
        }
    }
}
