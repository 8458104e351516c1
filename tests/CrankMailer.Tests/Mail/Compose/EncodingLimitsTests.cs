using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Mime;

namespace CrankMailer.Tests.Mail.Compose;

/// <summary>The edges of quoted-printable and base64 (R16, RFC 2045 6.7 and 6.8).</summary>
public sealed class EncodingLimitsTests
{
    public static TheoryData<string> Edges()
    {
        var edges = new TheoryData<string>();
        // Where a soft break falls before, inside and behind what is escaped.
        foreach (var length in new[] { 71, 72, 73, 74, 75, 76, 77, 148, 150, 152 })
            foreach (var tail in new[] { "", "=", "==", " ", "  ", "ü", "日", "👩‍👩‍👧‍👦", ".", " .", "\t", "From x", "\n", " \n", "=\n.", "x\n" })
                edges.Add(new string('a', length) + tail);
        foreach (var text in new[] { ".", "..", "\n.\n", ".\n", "\n\n.\n\n", "From ", "From", "From\n", ">From x", "\nFrom x", "a\rb", "a\r\nb", "a\n\rb", "\0", " \0\n", "a \0\0\r\nb", "\0\0", " ", "\t", " \t \n", "-- \nAnn", "=", "=3D", "=\n" })
            edges.Add(text);
        return edges;
    }

    [Theory, MemberData(nameof(Edges), DisableDiscoveryEnumeration = true)]
    public void An_edge_is_read_back_as_a_literal_and_as_a_value(string text)
    {
        var canonical = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);
        // Between two others, so that soft breaks stand on both sides; and alone.
        IReadOnlyList<PlanSegment>[] plans = [[PlanSegment.Text("x"), PlanSegment.Text(text)], [PlanSegment.Text("x"), PlanSegment.Value(0)], [PlanSegment.Value(0), PlanSegment.Text("x")], [PlanSegment.Value(0), PlanSegment.Value(0)]];
        string[] expected = ["x" + canonical, "x" + canonical, canonical + "x", canonical + canonical];
        for (var n = 0; n < plans.Length; n++)
            Assert.Equal(expected[n], StrictMail.Read(Write(A.Builder(text: [PlanSegment.Text("ASCII before.")], html: plans[n]), new Values(text))).Part("text/html"));
    }

    [Fact]
    public void A_value_may_be_empty_and_a_part_may_be_all_values()
    {
        var plan = A.Builder(text: [PlanSegment.Text("x"), PlanSegment.Value(0), PlanSegment.Value(1), PlanSegment.Text("y")], html: [PlanSegment.Value(0)]);
        var mail = StrictMail.Read(Write(plan, new Values("", "")));
        Assert.Equal("xy", mail.Part("text/plain"));
        Assert.Equal("", mail.Part("text/html"));
        Assert.Equal("Новости", StrictMail.Read(Write(plan, new Values("Новости", ""))).Part("text/html"));
    }

    [Theory]
    [InlineData("plain words. ", "quoted-printable")]
    [InlineData("Nachrichten für alle, die Schiffe lieben. ", "quoted-printable")]
    [InlineData("Новости порта. ", "base64")]
    [InlineData("항구 소식. ", "base64")]
    [InlineData("أخبار الميناء. ", "base64")]
    [InlineData("\u00fc", "base64")] // nothing but what is no ASCII
    public void Each_part_takes_the_encoding_that_is_smaller(string words, string encoding)
    {
        var text = string.Concat(Enumerable.Repeat(words, 50));
        var mail = StrictMail.Read(Write(A.Builder(text: [PlanSegment.Text(text)], html: [PlanSegment.Text("<p>plain</p>")]), NoHoleValues.Instance));
        Assert.Equal(encoding, mail.Leaves[0].Encoding);
        Assert.Equal("quoted-printable", mail.Leaves[1].Encoding);
        Assert.Equal(text, mail.Part("text/plain"));
    }

    [Theory]
    [InlineData("The quick brown fox = 1.\n")]
    [InlineData("Новости порта.\n")]
    public void A_part_of_five_megabytes_is_read_back(string line)
    {
        var half = string.Concat(Enumerable.Repeat(line, 2_500_000 / Encoding.UTF8.GetByteCount(line)));
        var mail = StrictMail.Read(Write(A.Builder(text: [PlanSegment.Text("x")], html: [PlanSegment.Text(half), PlanSegment.Value(0), PlanSegment.Text(half)]), new Values("é\n.")));
        Assert.Equal((half + "é\n." + half).Replace("\n", "\r\n", StringComparison.Ordinal), mail.Part("text/html"));
    }

    [Fact]
    public void The_parser_of_ours_reads_what_the_strict_reader_does() => Seeds.Try(300, random =>
    {
        var text = new AnyPlan(random, 8);
        if (text.Segments.Count == 0) return;
        var message = Write(A.Builder(text: [PlanSegment.Text("x")], html: text.Segments), text);
        Assert.Equal(StrictMail.Read(message).Part("text/html"), MimeMessage.Parse(message).HtmlBody);
    });

    private static byte[] Write(MessagePlanBuilder builder, IHoleValues values)
    {
        using var buffer = new MessageBuffer();
        builder.Build().Write(buffer, A.Stamp(), values, []);
        return buffer.WrittenSpan.ToArray();
    }
}
