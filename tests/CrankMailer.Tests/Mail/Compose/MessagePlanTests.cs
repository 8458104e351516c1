using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Headers;
using CrankMailer.Mail.Mime;

namespace CrankMailer.Tests.Mail.Compose;

public sealed class MessagePlanTests
{
    [Fact]
    public void What_is_composed_is_read_back_the_same()
    {
        var message = Write(A.CampaignPlan(), A.Stamp("Größe, \"Jo\"", "jo@example.net"), new Values("Jürgen", "tok", "https://x.example/") { True = { 0 } });
        var parsed = MimeMessage.Parse(message);
        Assert.Equal("Häfen für Jürgen — und eine ziemlich lange Betreffzeile, die gefaltet werden muss, weil sie lang ist", parsed.Subject);
        Assert.Equal(("Größe, \"Jo\"", "jo@example.net"), Assert.Single(AddressList.Parse(parsed.Headers.FindRaw("To") ?? "")));
        Assert.Equal("Hallo Jürgen,\r\n.ein Punkt\r\n..zwei\r\n\r\nAbmelden: https://example.org/u/tok\r\nhttps://x.example/", parsed.TextBody?.TrimEnd('\r', '\n'));
        Assert.Contains("<h1>Hallo Jürgen!</h1>\r\n\t<p>Ä lot of  wörds. ", parsed.HtmlBody);
        Assert.Equal("<https://example.org/u/tok>, <mailto:unsub+tok@example.org>", parsed.Headers.Find("List-Unsubscribe"));
        Assert.Equal(300, parsed.FindByContentId("logo@example.org")?.DecodeContent().Length);
        Assert.Equal("Übersicht der Häfen mit einem sehr langen Namen, der gefaltet wird.pdf", Assert.Single(parsed.Attachments, part => part.IsAttachment).FileName);
    }

    [Fact]
    public void Whatever_the_values_lines_stay_short_and_the_text_comes_through()
    {
        var random = new Random(3);
        string[] pieces = [".", "\n", "\r\n", " ", "=", "ü", "x", "--", "=_", "\t", "日本", ".\n", new string('y', 80), "=20", "\r", "From "];
        string Random(int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => pieces[random.Next(pieces.Length)]));
        for (var i = 0; i < 500; i++)
        {
            string[] literals = [Random(40), Random(40), Random(40)], values = [Random(20), Random(5)];
            var segments = new[] { PlanSegment.Text(literals[0]), PlanSegment.Value(0), PlanSegment.Text(literals[1]), PlanSegment.Value(1), PlanSegment.Text(literals[2]) };
            var message = Write(A.Builder(text: segments).Build(), A.Stamp(), new Values(values));
            AssertWellFormed(message);
            var expected = Lines(literals[0]) + Lines(values[0]) + Lines(literals[1]) + Lines(values[1]) + Lines(literals[2]);
            // Base64 or quoted-printable, the part ends with one line end of its own.
            Assert.Equal(expected + "\r\n", MimeMessage.Parse(message).TextBody + (expected.Length == 0 || MimeMessage.Parse(message).TextBody == expected ? "\r\n" : ""));
        }
    }

    [Fact]
    public void Literals_have_the_same_bytes_whatever_the_values()
    {
        var html = new[] { PlanSegment.Text("<p>" + new string('a', 200)), PlanSegment.Value(0), PlanSegment.Text(string.Concat(Enumerable.Repeat("wörd and more ", 50)) + "</p>") };
        var plan = A.Builder(html: html).Build();
        var messages = new[] { "", "x", new string('z', 300), "ü\n\nü" }.Select(value => Encoding.ASCII.GetString(Write(plan, A.Stamp(), new Values(value)))).ToList();
        var literal = messages[1][(messages[1].IndexOf("x=\r\n", StringComparison.Ordinal) + 4)..];
        Assert.All(messages, message => Assert.EndsWith(literal, message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_stamp_and_values_give_the_same_bytes() =>
        Assert.Equal(Write(A.CampaignPlan(), A.Stamp(), new Values("a", "b", "c")), Write(A.CampaignPlan(), A.Stamp(), new Values("a", "b", "c")));

    [Fact]
    public void A_boundary_occurs_in_no_part()
    {
        var first = Encoding.ASCII.GetString(Write(A.CampaignPlan(), A.Stamp(), new Values("a", "b", "c")));
        var boundary = first[(first.IndexOf("=_m", StringComparison.Ordinal))..].Split('"')[0];
        // Even a reader who knows the boundary and has it in the name cannot break the parts.
        var attacked = MimeMessage.Parse(Write(A.CampaignPlan(), A.Stamp(), new Values($"\r\n--{boundary}--\r\n--{boundary.Replace("=_m", "=_a", StringComparison.Ordinal)}", "b", "c")));
        Assert.Equal(2, attacked.Root.Parts.Count);
        Assert.Contains(boundary, attacked.TextBody);
    }

    [Fact]
    public void A_subject_hole_cannot_inject_a_header()
    {
        var plan = A.Builder([PlanSegment.Text("For "), PlanSegment.Value(0)]).Build();
        foreach (var value in new[] { "x\r\nBcc: v@x.test", "x\nBcc: v@x.test\n\nbody", "x\u2028Bcc: v@x.test", "é\r\nBcc: v@x.test", new string('x', 800) + "\r\nBcc: v@x.test" })
        {
            var parsed = MimeMessage.Parse(Write(plan, A.Stamp(), new Values(value)));
            Assert.Null(parsed.Headers.Find("Bcc"));
            Assert.Contains("Bcc: v@x.test", parsed.Subject);
            Assert.Equal("Hello.", parsed.TextBody?.Trim());
        }
    }

    [Fact]
    public void A_subject_is_cut_at_a_character_before_receivers_refuse_it()
    {
        var parsed = MimeMessage.Parse(Write(A.Builder([PlanSegment.Text("x"), PlanSegment.Value(0)]).Build(), A.Stamp(), new Values(new string('é', 5000))));
        Assert.Equal("x" + new string('é', 498), parsed.Subject);
    }

    [Fact]
    public void A_token_header_refuses_what_is_no_token()
    {
        var plan = A.Builder().Header("List-Unsubscribe", [PlanSegment.Text("<https://x.test/"), PlanSegment.Value(0), PlanSegment.Text(">")]).Build();
        foreach (var value in new[] { "x\r\nBcc: v@x.test", "é", "\0" })
            Assert.Throws<ArgumentException>(() => Write(plan, A.Stamp(), new Values(value)));
    }

    [Theory]
    [InlineData("Subject")]
    [InlineData("bcc")]
    [InlineData("Content-Type")]
    [InlineData("X Y")]
    [InlineData("X:")]
    public void A_header_the_plan_writes_itself_cannot_be_given(string name) =>
        Assert.Throws<ArgumentException>(() => A.Builder().Header(name, HeaderValue.Create("x")));

    [Fact]
    public void A_header_cannot_be_given_twice() =>
        Assert.Throws<ArgumentException>(() => A.Builder().Header("X-Id", HeaderValue.Create("1")).Header("x-id", HeaderValue.Create("2")));

    [Fact]
    public void Values_of_any_length_leave_base64_whole()
    {
        var random = new Random(12);
        string[] pieces = ["Новости ", "порта", "日本", "\n", "\r\n", "é", "x"];
        string Random(int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => pieces[random.Next(pieces.Length)]));
        for (var i = 0; i < 500; i++)
        {
            string[] literals = ["Новости порта и ещё немного " + Random(40), Random(3), Random(40)], values = [Random(3), Random(40)];
            var segments = new[] { PlanSegment.Text(literals[0]), PlanSegment.Value(0), PlanSegment.Text(literals[1]), PlanSegment.Value(1), PlanSegment.Text(literals[2]) };
            var message = Write(A.Builder(text: segments).Build(), A.Stamp(), new Values(values));
            AssertWellFormed(message);
            Assert.Contains("Content-Transfer-Encoding: base64", Encoding.ASCII.GetString(message));
            Assert.Equal(string.Concat(Lines(literals[0]), Lines(values[0]), Lines(literals[1]), Lines(values[1]), Lines(literals[2])), MimeMessage.Parse(message).TextBody);
        }
    }

    [Fact]
    public void Text_beyond_Latin_is_base64_where_that_is_smaller()
    {
        var message = Encoding.ASCII.GetString(Write(A.Builder(text: [PlanSegment.Text(string.Concat(Enumerable.Repeat("Новости порта. ", 20)))]).Build(), A.Stamp(), NoHoleValues.Instance));
        Assert.Contains("Content-Transfer-Encoding: base64", message);
        AssertWellFormed(Encoding.ASCII.GetBytes(message));
    }

    [Fact]
    public void Branches_choose_and_may_nest()
    {
        var plan = A.Builder(text: [PlanSegment.Text("a"), new PlanSegment.Branch(0, [PlanSegment.Text("b"), new PlanSegment.Branch(1, [PlanSegment.Value(0)], [PlanSegment.Text("n")])], [PlanSegment.Text("e")]), PlanSegment.Text("z")]).Build();
        string Text(params int[] conditions)
        {
            var values = new Values("H");
            values.True.UnionWith(conditions);
            return MimeMessage.Parse(Write(plan, A.Stamp(), values)).TextBody?.Trim() ?? "";
        }
        Assert.Equal(["aez", "abnz", "abHz", "aez"], [Text(), Text(0), Text(0, 1), Text(1)]);
    }

    [Fact]
    public void A_subject_of_any_length_and_script_folds_within_the_limits()
    {
        var random = new Random(5);
        string[] words = ["Häfen", "ports", "日本語のとても長い件名です", "🙂🙂🙂", "=?utf-8?q?x?=", "a", "\"quoted\"", new string('w', 90), "  "];
        for (var i = 0; i < 300; i++)
        {
            var subject = string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)])).Trim();
            var message = Write(A.Builder([PlanSegment.Text(subject)]).Build(), A.Stamp(subject, "a@x.test"), NoHoleValues.Instance);
            AssertWellFormed(message);
            var parsed = MimeMessage.Parse(message);
            Assert.Equal(subject, parsed.Subject);
            Assert.Equal(subject.Length == 0 ? null : subject, Assert.Single(AddressList.Parse(parsed.Headers.FindRaw("To") ?? "")).Name);
        }
    }

    [Fact]
    public void Nothing_is_allocated_that_grows_with_the_message()
    {
        long Allocated(int size)
        {
            var plan = A.Builder(text: [PlanSegment.Value(0), PlanSegment.Text(new string('x', size))]).Build();
            var values = new Values("name");
            var stamp = A.Stamp();
            using var buffer = new MessageBuffer(4 * size);
            plan.Write(buffer, stamp, values, []);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10; i++) plan.Write(buffer, stamp, values, []);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(Allocated(1_000), Allocated(200_000));
    }

    private static byte[] Write(MessagePlan plan, MessageStamp stamp, IHoleValues values)
    {
        using var buffer = new MessageBuffer();
        plan.Write(buffer, stamp, values, []);
        return buffer.WrittenSpan.ToArray();
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);

    private static void AssertWellFormed(byte[] message)
    {
        Assert.DoesNotContain(message, octet => octet > 126 || octet == 0);
        foreach (var line in Encoding.ASCII.GetString(message).Split("\r\n"))
        {
            Assert.True(line.Length <= 98, line);
            Assert.DoesNotContain('\n', line);
            Assert.DoesNotContain('\r', line);
        }
        var body = Encoding.ASCII.GetString(message).Split("\r\n\r\n", 2)[1];
        Assert.All(body.Split("\r\n"), line => Assert.True(line.Length <= 76 && !line.EndsWith(' ') && !line.StartsWith('.'), line));
        Assert.All(Encoding.ASCII.GetString(message).Split("\r\n\r\n")[0].Split("\r\n"), line => Assert.False(string.IsNullOrWhiteSpace(line)));
        Assert.All(System.Text.RegularExpressions.Regex.Matches(Encoding.ASCII.GetString(message), @"=\?[^?\s]+\?[BQ]\?[^?]*\?="), word => Assert.True(word.Length <= 75));
    }
}
