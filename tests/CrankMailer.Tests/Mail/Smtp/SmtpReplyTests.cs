using System.Buffers;
using System.Text;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Tests.Mail.Smtp;

public sealed class SmtpReplyTests
{
    [Theory]
    [InlineData("250 2.1.0 Ok", 250, "2.1.0", "Ok")]
    [InlineData("250", 250, null, "")]
    [InlineData("550-5.1.1 No such\n550 5.1.1 user", 550, "5.1.1", "No such user")]
    [InlineData("550-5.7.1 alone with a dash", 550, "5.7.1", "alone with a dash")]
    [InlineData("421 4.7.28  https://x.test", 421, "4.7.28", "https://x.test")]
    [InlineData("550 5.1.1.7 no code", 550, null, "5.1.1.7 no code")]
    [InlineData("550 10.0.0.1 blocked", 550, null, "10.0.0.1 blocked")]
    [InlineData("554 5.7.1: colon", 554, "5.7.1", ": colon")]
    [InlineData("452 4.2.2\tTab", 452, "4.2.2", "Tab")]
    public void A_reply_has_code_enhanced_code_and_text(string pasted, int code, string? enhanced, string text)
    {
        var reply = SmtpReply.Find(pasted);
        Assert.NotNull(reply);
        Assert.Equal((code, enhanced, text), (reply.Code, reply.EnhancedCode, reply.Text));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("999 x")]
    [InlineData("25 x")]
    public void What_is_no_reply_is_none(string pasted) => Assert.Null(SmtpReply.Find(pasted));

    [Fact]
    public void Replies_are_found_in_any_cut_of_the_stream()
    {
        var stream = Encoding.UTF8.GetBytes("220 a\r\n250-b\r\n250-c\n250 d\r\n354\r\n550 caf\u00e9\r\n");
        for (var cut = 1; cut < stream.Length; cut++)
        {
            var buffer = Sequence(stream.AsMemory(0, cut), stream.AsMemory(cut));
            var found = new List<string>();
            while (SmtpReplyReader.TryRead(ref buffer, out var reply) == SmtpReplyReader.Outcome.Complete) found.Add(reply!.ToString());
            Assert.Equal(["220 a", "250-b\n250-c\n250 d", "354 ", "550 café"], found);
        }
    }

    [Fact]
    public void Random_octets_are_a_reply_or_none_but_never_an_exception()
    {
        var random = new Random(6);
        string[] pieces = ["250", "-", " ", "\r\n", "\n", "5.1.1", "\0", "é", "999", "22", "\x1b[31m"];
        for (var i = 0; i < 5000; i++)
        {
            var octets = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)])));
            var buffer = new ReadOnlySequence<byte>(octets);
            while (SmtpReplyReader.TryRead(ref buffer, out var reply) == SmtpReplyReader.Outcome.Complete)
                Assert.DoesNotContain(reply!.Text, c => char.IsControl(c) && c != '\t');
            _ = SmtpReply.Find(Encoding.Latin1.GetString(octets));
        }
    }

    [Fact]
    public void A_reply_without_end_is_malformed_and_not_memory()
    {
        var line = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes("250-" + new string('x', 10_000)));
        Assert.Equal(SmtpReplyReader.Outcome.Malformed, SmtpReplyReader.TryRead(ref line, out _));
        var lines = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("250-x\r\n", 1000))));
        Assert.Equal(SmtpReplyReader.Outcome.Malformed, SmtpReplyReader.TryRead(ref lines, out _));
        var large = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("250-" + new string('x', 2000) + "\r\n", 40))));
        Assert.Equal(SmtpReplyReader.Outcome.Malformed, SmtpReplyReader.TryRead(ref large, out _));
    }

    private static ReadOnlySequence<byte> Sequence(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        var start = new Segment(first, 0);
        var end = start.Append(second);
        return new ReadOnlySequence<byte>(start, 0, end, second.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
