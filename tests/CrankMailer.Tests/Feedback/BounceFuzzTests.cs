using System.Diagnostics;
using System.Text;
using CrankMailer.Feedback.Reading;

namespace CrankMailer.Tests.Feedback;

/// <summary>What came back may be torn, hostile or huge: never an exception, never long.</summary>
public sealed class BounceFuzzTests
{
    private static readonly byte[][] Seeds = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Feedback", "cases", "reports"), "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    [Fact]
    public void Torn_mails_never_throw()
    {
        var random = new Random(20260601);
        for (var n = 0; n < 2000; n++)
        {
            var mail = Tear(Seeds[random.Next(Seeds.Length)].ToArray(), random);
            try { Assert.NotEmpty(BounceReader.Read(mail)); }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"round {n}: {e}\n{Encoding.Latin1.GetString(mail)}");
            }
        }
    }

    public static TheoryData<string, byte[]> Bombs => new()
    {
        { "one long line", Encoding.ASCII.GetBytes("From: MAILER-DAEMON@x.test\nSubject: failure notice\n\n" + new string('a', 8_000_000)) },
        { "one long address", Encoding.ASCII.GetBytes("From: MAILER-DAEMON@x.test\nSubject: failure notice\n\n<" + new string('a', 1_000_000) + "@" + new string('b', 1_000_000) + ">:\n550") },
        { "many at signs", Encoding.ASCII.GetBytes("From: MAILER-DAEMON@x.test\nSubject: failure notice\n\n" + string.Concat(Enumerable.Repeat("a@b ", 500_000))) },
        { "many recipients", Encoding.ASCII.GetBytes("From: MAILER-DAEMON@x.test\nSubject: failure notice\n\n" + string.Concat(Enumerable.Range(0, 100_000).Select(n => $"<r{n}@x.test>:\n550 5.1.1 no\n"))) },
        { "many fields", Encoding.ASCII.GetBytes("Content-Type: message/delivery-status\n\n" + string.Concat(Enumerable.Range(0, 100_000).Select(n => $"Final-Recipient: rfc822; r{n}@x.test\nAction: failed\nStatus: 5.1.1\n\n"))) },
        { "many boundaries", Encoding.ASCII.GetBytes("Content-Type: multipart/report; boundary=x\n\n" + string.Concat(Enumerable.Repeat("--x\n\n", 300_000))) },
        { "deep nesting", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(n => $"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))) },
        { "many mails", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("From x Mon Jun 1 08:00:00 2026\nA: b\n\nc\n", 100_000))) },
        { "spaces", Encoding.ASCII.GetBytes("From: MAILER-DAEMON@x.test\n\n" + new string(' ', 4_000_000)) },
        { "tags", Encoding.ASCII.GetBytes("From: MAILER-DAEMON@x.test\nContent-Type: text/html\n\n" + string.Concat(Enumerable.Repeat("<style>", 300_000))) },
        { "json", Encoding.ASCII.GetBytes("From: x@x.test\n\n{\"notificationType\":\"Bounce\"," + new string('[', 500_000) + "}") },
        { "tokens", Encoding.ASCII.GetBytes("To: " + string.Concat(Enumerable.Repeat("bounce+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@x.test, ", 50_000)) + "\n\nx") },
        { "zeros", new byte[12_000_000] },
    };

    [Theory, MemberData(nameof(Bombs), DisableDiscoveryEnumeration = true)]
    public void A_bomb_is_read_in_bounded_time(string name, byte[] mail)
    {
        BounceReader.Read(Seeds[0]); // rules are compiled once a process
        var best = Enumerable.Range(0, 3).Min(_ =>
        {
            var begun = Stopwatch.GetTimestamp();
            Assert.NotEmpty(BounceReader.Read(mail));
            return Stopwatch.GetElapsedTime(begun);
        });
        // R100 asks for 100 ms of a mail; these are bombs, and the machine may do other things meanwhile.
        Assert.True(best < TimeSpan.FromSeconds(1), $"{name} takes {best.TotalMilliseconds:0} ms");
    }

    private static byte[] Tear(byte[] mail, Random random)
    {
        for (var cuts = random.Next(1, 8); cuts > 0; cuts--)
        {
            if (mail.Length < 10) return mail;
            var (at, length) = (random.Next(mail.Length - 5), random.Next(1, 60));
            mail = random.Next(6) switch
            {
                0 => mail[..at],
                1 => [.. mail[..at], .. mail[Math.Min(mail.Length, at + length)..]],
                2 => [.. mail[..at], .. Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)), .. mail[at..]],
                3 => [.. mail[..at], .. mail],
                4 => [.. mail[..at], .. Seeds[random.Next(Seeds.Length)], .. mail[at..]],
                _ => Flip(mail, at, random),
            };
        }
        return mail;
    }

    private static byte[] Flip(byte[] mail, int at, Random random)
    {
        mail[at] = (byte)random.Next(256);
        return mail;
    }
}
