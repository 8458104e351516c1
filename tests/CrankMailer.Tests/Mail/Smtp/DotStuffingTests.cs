using System.Buffers;
using System.Text;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>Bodies that need nothing go out after one look at many octets at a time; here every kind of body is beside the letter of RFC 5321 4.5.2.</summary>
public sealed class DotStuffingTests
{
    private static readonly string[] Pieces = [".", "..", "\r\n", "\r\n", "\r\n.", "\r", "\n", "x", "a.b", new string('y', 30), new string('z', 31), new string('q', 77)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_body_in_any_stretches_is_stuffed_by_the_rule(bool mostlyClean)
    {
        var random = new Random(5);
        for (var i = 0; i < 4000; i++)
        {
            var body = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => mostlyClean && random.Next(60) > 0 ? Pieces[random.Next(7) + 5] + "\r\n" : Pieces[random.Next(Pieces.Length)]));
            Assert.Equal(Stuffed(body), Written(body, random.Next(1, 200)));
        }
    }

    /// <summary>A dot at every place of a body as long as several looks: none is missed at a seam.</summary>
    [Fact]
    public void A_line_that_begins_with_a_dot_is_found_wherever_it_stands()
    {
        for (var at = 0; at < 200; at++)
        {
            foreach (var odd in new[] { "\r\n.", "\n", "\r", "\n." })
            {
                var body = new string('x', at) + odd + new string('x', 200 - at) + "\r\n";
                Assert.Equal(Stuffed(body), Written(body, int.MaxValue));
            }
        }
    }

    private static string Stuffed(string body)
    {
        var lines = body.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n').Select(line => line.StartsWith('.') ? "." + line : line);
        var text = string.Join("\r\n", lines);
        return text.Length == 0 || text.EndsWith("\r\n", StringComparison.Ordinal) ? text + ".\r\n" : text + "\r\n.\r\n";
    }

    private static string Written(string body, int stretch)
    {
        var output = new ArrayBufferWriter<byte>();
        ReadOnlyMemory<byte> rest = Encoding.ASCII.GetBytes(body);
        var atLineStart = true;
        while (rest.Length > stretch)
        {
            var taken = DotStuffing.Write(output, rest.Span[..stretch], ref atLineStart, isLast: false);
            // A stretch of a CR alone tells nothing yet.
            if (taken == 0) stretch++;
            rest = rest[taken..];
        }
        DotStuffing.Write(output, rest.Span, ref atLineStart, isLast: true);
        DotStuffing.WriteEnd(output, atLineStart);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
