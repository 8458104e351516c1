using System.Text.RegularExpressions;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Tests.Mail.Compose;

/// <summary>R1–R8, R10, R16–R21: whatever texts, values, names and branches come in, what goes out is lawful and reads back the same.</summary>
public sealed class AnyMessageTests
{
    [Fact]
    public void Any_plan_reads_back_the_same() => Seeds.Try(1500, random =>
    {
        var (text, html) = (new AnyPlan(random, 8), new AnyPlan(random, 8));
        if (text.Segments.Count == 0) return;
        var values = new Both(text, html);
        var builder = A.Builder(text: text.Segments, html: html.Segments.Count > 0 && random.Next(2) == 0 ? Shift(html.Segments) : null);
        var files = Files(builder, random);
        var mail = StrictMail.Read(Write(builder.Build(), A.Stamp(), values));
        Assert.Equal(text.Expected + "\r\n", OneEnd(mail.Part("text/plain"), text.Expected, mail));
        if (builder.Html is not null) Assert.Equal(html.Expected, mail.Part("text/html"));
        Assert.Equal(files, mail.Leaves.Where(leaf => leaf.Disposition.StartsWith("attachment", StringComparison.Ordinal)).Select(leaf => Convert.ToHexString(leaf.Content)));
    });

    [Fact]
    public void Any_subject_and_any_name_read_back_the_same_in_lawful_lines() => Seeds.Try(3000, random =>
    {
        var subject = new AnyPlan(random, 6);
        var name = Name(random);
        var mail = StrictMail.Read(Write(A.Builder(subject.Segments).Build(), A.Stamp(name), subject));
        var shown = mail.Text("Subject");
        if (subject.Raw.Length < 300) Assert.Equal(Blank(subject.Raw), Blank(shown));
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(shown) <= 998, "R15");
        var to = mail.Header("To");
        Assert.EndsWith("ann@example.net" + (to.EndsWith('>') ? ">" : ""), to, StringComparison.Ordinal);
        if (name.Length < 300) Assert.Equal(Blank(name), Blank(Phrase(to)));
    });

    [Fact]
    public void Any_header_value_reads_back_the_same_in_lawful_lines() => Seeds.Try(2000, random =>
    {
        var value = HeaderValue.Clean(Name(random) + new string(' ', random.Next(1200)) + Name(random));
        var header = new string('X', random.Next(1, 60));
        var mail = StrictMail.Read(Write(A.Builder().Header(header, value).Build(), A.Stamp(), NoHoleValues.Instance));
        Assert.Equal(Blank(value.Value), Blank(mail.Text(header)));
    });

    private static List<string> Files(MessagePlanBuilder builder, Random random)
    {
        var files = new List<string>();
        for (var n = random.Next(4) - 1; n > 0; n--)
        {
            var content = new byte[random.Next(3) * random.Next(200)];
            random.NextBytes(content);
            builder.Attach(HeaderValue.Clean($"{n}{Name(random)}"[..1] + "ü =?x?.bin").Value, "application/octet-stream", content);
            files.Add(Convert.ToHexString(content));
        }
        if (builder.Html is not null && random.Next(2) == 0) builder.Inline("a@x", "image/png", new byte[random.Next(200)]);
        return files;
    }

    private static string Name(Random random)
    {
        string[] pieces = ["Ann", " ", "O'Neil", "\"", "\\", ",", "<", ">", "@", "(", ")", "=?utf-8?q?x?=", "=?", "é", "日本語", "👩‍👩‍👧‍👦", "مرحبا", "\u202e", "\r\n", "\0", "\t", "\ud800", new string('n', 70), ".", ";", ":", "_", "?=", "  "];
        return string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    /// <summary>The name in front of the address, read by the letter of RFC 5322.</summary>
    private static string Phrase(string mailbox)
    {
        var open = mailbox.LastIndexOf('<');
        if (open < 0) return "";
        var phrase = mailbox[..open].Trim();
        return phrase.StartsWith('"') ? Regex.Replace(phrase[1..^1], @"\\(.)", "$1") : StrictMail.DecodeWords(phrase);
    }

    /// <summary>Controls and blanks are one blank: what a header keeps of them (R9).</summary>
    private static string Blank(string text) =>
        Regex.Replace(System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)), @"[\u0000-\u0020\u007f-\u009f\u2028\u2029]+", " ").Trim(' ');

    /// <summary>A part that is not the last in its multipart, or is the whole body, ends with a line end of its own.</summary>
    private static string OneEnd(string text, string expected, StrictMail mail) => mail.Leaves.Count == 1 && mail.Leaves[0].Encoding == "quoted-printable" ? text : text == expected ? text + "\r\n" : text;

    private static byte[] Write(MessagePlan plan, MessageStamp stamp, IHoleValues values)
    {
        using var buffer = new MessageBuffer();
        plan.Write(buffer, stamp, values, []);
        return buffer.WrittenSpan.ToArray();
    }

    private static List<PlanSegment> Shift(IReadOnlyList<PlanSegment> segments) => [.. segments.Select(segment => segment switch
    {
        PlanSegment.Hole hole => new PlanSegment.Hole(hole.Number + Both.Shift),
        PlanSegment.Branch branch => new PlanSegment.Branch(branch.Condition + Both.Shift, Shift(branch.Then), Shift(branch.Else)),
        _ => segment,
    })];

    /// <summary>Two texts in one mail, the numbers of the second moved.</summary>
    private sealed class Both(AnyPlan text, AnyPlan html) : IHoleValues
    {
        public const int Shift = 1000;

        public void Write(int hole, System.Buffers.IBufferWriter<byte> utf8) => Of(hole).Write(hole % Shift, utf8);

        public bool IsTrue(int condition) => Of(condition).IsTrue(condition % Shift);

        private AnyPlan Of(int number) => number < Shift ? text : html;
    }
}
