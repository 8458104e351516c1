using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Mime;

namespace CrankMailer.Tests.Mail.Compose;

/// <summary>Files and inline pictures (R19–R23).</summary>
public sealed class AttachedFileTests
{
    [Fact]
    public void Pictures_lie_beside_the_HTML_and_files_beside_the_whole()
    {
        var mail = Read(A.Builder(html: [PlanSegment.Text("<img src=\"cid:logo@x\">")]).Inline("logo@x", "image/png", new byte[100]).Attach("a.pdf", "application/pdf", new byte[58]));
        Assert.StartsWith("multipart/mixed", mail.Root.ContentType.MediaType, StringComparison.Ordinal);
        Assert.Equal(["multipart/alternative", "application/pdf"], mail.Root.Parts.Select(part => part.ContentType.MediaType));
        Assert.Equal(["text/plain", "multipart/related"], mail.Root.Parts[0].Parts.Select(part => part.ContentType.MediaType)); // R18, R22
        var related = mail.Root.Parts[0].Parts[1];
        Assert.Equal("text/html", related.ContentType.Parameter("type")); // RFC 2387 3.1
        Assert.Equal(["text/html", "image/png"], related.Parts.Select(part => part.ContentType.MediaType));
        Assert.Equal("<logo@x>", related.Parts[1].Headers.FindRaw("Content-ID"));
        Assert.Equal(58, mail.Root.Parts[1].DecodeContent().Length);
    }

    [Theory]
    [InlineData("a.pdf", null)]
    [InlineData("a \"b\" c.pdf", "a _b_ c.pdf")]
    [InlineData("Übersicht.pdf", "_bersicht.pdf")]
    [InlineData("отчёт за июнь 2026 года, очень подробный, со всеми таблицами и приложениями.pdf", null)]
    [InlineData("日本語👩‍👩‍👧‍👦.png", null)]
    [InlineData("=?utf-8?q?x?=.pdf", null)]
    [InlineData("100%.txt", null)]
    [InlineData("it's*.txt", null)]
    public void A_file_name_has_an_ASCII_form_and_its_own(string name, string? fallback) // R23
    {
        var message = Write(A.Builder().Attach(name, "application/octet-stream", "x"u8.ToArray()));
        StrictMail.Read(message);
        Assert.Equal(name, Assert.Single(MimeMessage.Parse(message).Attachments).FileName);
        if (fallback is not null) Assert.Contains($"filename=\"{fallback}\"", Encoding.ASCII.GetString(message));
    }

    [Fact]
    public void A_text_file_names_its_charset() // R19
    {
        var mail = StrictMail.Read(Write(A.Builder().Attach("a.csv", "text/csv", "Größe;1\n"u8.ToArray())));
        Assert.Equal("text/csv; charset=utf-8", mail.Leaves[1].Type);
        Assert.Equal("Größe;1\n", Encoding.UTF8.GetString(mail.Leaves[1].Content)); // a file is never changed, not even its line ends
    }

    [Theory]
    [InlineData("a.csv", "text/csv", "UTF-8")]
    [InlineData("a.eml", "message/rfc822", "octet-stream")] // R20: it could not be base64
    [InlineData("a.eml", "multipart/mixed", "octet-stream")]
    [InlineData("a", "nonsense", "type/subtype")]
    [InlineData("a", "text/plain; charset=x", "type/subtype")]
    [InlineData("a/b", "image/png", "slash")]
    [InlineData("a\r\nBcc: x@y.test", "image/png", "control")]
    [InlineData("", "image/png", "1 to 200")]
    public void What_no_message_may_hold_is_refused_with_how_to_mend_it(string name, string type, string word) =>
        Assert.Contains(word, Assert.Throws<ArgumentException>(() => A.Builder().Attach(name, type, new byte[] { 0xff, 0xfe })).Message);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("<a@x>")]
    [InlineData("a\"b")]
    [InlineData("a%20b")]
    [InlineData("ü@x")]
    public void A_content_id_stands_in_a_cid_link_as_it_is(string id) => // RFC 2392: anything else would have to be percent-encoded there
        Assert.Throws<ArgumentException>(() => A.Builder().Inline(id, "image/png", new byte[1]));

    [Fact]
    public void Pictures_need_a_page_and_ids_of_their_own()
    {
        Assert.Throws<ArgumentException>(() => A.Builder().Inline("a@x", "image/png", new byte[1]).Build());
        Assert.Throws<ArgumentException>(() => A.Builder().Inline("a@x", "image/png", new byte[1]).Inline("a@x", "image/png", new byte[1]));
        Assert.Throws<ArgumentException>(() => A.Builder().Inline("a@x", "text/html", new byte[1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(114)]
    [InlineData(5_000_000)]
    public void A_file_of_any_length_is_read_back(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        var leaf = StrictMail.Read(Write(A.Builder().Attach("a.bin", "application/octet-stream", content))).Leaves[1];
        Assert.True(content.AsSpan().SequenceEqual(leaf.Content));
    }

    private static MimeMessage Read(MessagePlanBuilder builder)
    {
        var message = Write(builder);
        StrictMail.Read(message);
        return MimeMessage.Parse(message);
    }

    private static byte[] Write(MessagePlanBuilder builder)
    {
        using var buffer = new MessageBuffer();
        builder.Build().Write(buffer, A.Stamp(), NoHoleValues.Instance, []);
        return buffer.WrittenSpan.ToArray();
    }
}
