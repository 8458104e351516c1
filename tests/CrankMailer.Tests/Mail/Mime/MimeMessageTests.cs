using System.Diagnostics;
using System.Text;
using CrankMailer.Mail.Mime;

namespace CrankMailer.Tests.Mail.Mime;

public sealed class MimeMessageTests
{
    [Theory]
    [InlineData("=?UTF-8?Q?H=C3=A4fen?= =?UTF-8?B?IMO8YmVy?= all", "Häfen über all")]
    [InlineData("=?ISO-2022-JP?B?GyRCJDMkcyRLJEEkTxsoQg==?=", "こんにちは")]
    [InlineData("=?utf-8?B?ww==?= =?utf-8?B?qQ==?= split", "é split")]
    [InlineData("=?koi8-r?B?8NLJ18XU?=", "Привет")]
    [InlineData("=?x-none?Q?a=E4?= b", "aä b")]
    [InlineData("\"=?iso-8859-1?q?J=F6rg?=\" <j@x.test>", "\"Jörg\" <j@x.test>")]
    [InlineData("broken =?utf-8?Q?abc", "broken =?utf-8?Q?abc")]
    [InlineData("=?utf-8?Q?line=0D=0ABcc:_x?=", "line Bcc: x")]
    public void Encoded_words_are_read_as_mail_programs_do(string raw, string expected) =>
        Assert.Equal(expected, Parse($"Subject: {raw}\r\n\r\n").Subject);

    [Fact]
    public void Parts_are_found_whatever_the_line_ends()
    {
        const string text = "From: a@b.test\nContent-Type: multipart/mixed; boundary=\"x y\"\n\npreamble\n--x y\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nH=E4fen =\nend\n--x y\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner text\n--x y--\nepilogue\n";
        foreach (var lineEnd in new[] { "\n", "\r\n", "\r" })
        {
            var message = Parse(text.Replace("\n", lineEnd, StringComparison.Ordinal));
            Assert.Equal("Häfen end", message.TextBody);
            Assert.Equal(2, message.Root.Parts.Count);
            Assert.Equal("inner", message.Root.Parts[1].Parts[0].Headers.Find("subject"));
        }
    }

    [Fact]
    public void A_message_without_headers_or_boundary_is_plain_text()
    {
        Assert.Equal("no header here\r\n", Parse("no header here\r\n").TextBody);
        Assert.Equal("body\r\n", Parse("Content-Type: multipart/mixed; boundary=never\r\nSubject: x\r\n\r\nbody\r\n").Root.DecodeText());
        Assert.Equal("", Parse("").Root.DecodeText());
    }

    [Fact]
    public void File_names_are_read_in_all_their_forms()
    {
        static string? Name(string disposition) => Parse($"Content-Disposition: attachment; {disposition}\r\n\r\n").Root.FileName;
        Assert.Equal("a b.pdf", Name("filename=\"a b.pdf\""));
        Assert.Equal("Übersicht.pdf", Name("filename*=UTF-8''%C3%9Cbersicht.pdf"));
        Assert.Equal("Übersicht.pdf", Name("filename*0*=UTF-8''%C3%9Cber;\r\n filename*1=sicht.pdf"));
        Assert.Equal("Übersicht.pdf", Name("filename=\"=?UTF-8?Q?=C3=9Cbersicht.pdf?=\""));
    }

    [Fact]
    public void Addresses_are_parted_outside_quotes_and_comments()
    {
        var list = AddressList.Parse("\"Doe, Jane\" <jane@x.test>, (a, comment) bob@x.test, =?utf-8?q?J=C3=B6rg=2C?= <j@x.test>, undisclosed-recipients:;, nobody");
        Assert.Equal([("Doe, Jane", "jane@x.test"), (null, "bob@x.test"), ("Jörg,", "j@x.test")], list);
    }

    [Fact]
    public void Every_bounce_of_the_corpus_is_read_in_time()
    {
        foreach (var file in Directory.GetFiles(Corpora.Get("bounces"), "*.eml"))
        {
            var watch = Stopwatch.StartNew();
            Use(MimeMessage.Parse(File.ReadAllBytes(file)));
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{file} took {watch.Elapsed}");
        }
    }

    [Fact]
    public void Random_and_mutated_messages_never_throw()
    {
        var random = new Random(11);
        var seed = Encoding.UTF8.GetBytes("From: =?iso-2022-jp?B?GyRCJDMkcyRL?= <a@b.test>\r\nContent-Type: multipart/mixed; boundary=b; x*0*=utf-8''%C3; x*1=z\r\n\r\n--b\r\nContent-Type: text/html; charset=iso-2022-jp\r\nContent-Transfer-Encoding: base64\r\n\r\nGyRCJDMkcyRLJEEkTxsoQg==\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSubject: =?gb18030?Q?=81=30=\r\n\r\n=E4\r\n--b--\r\n");
        for (var i = 0; i < 5000; i++)
        {
            var octets = seed.ToArray();
            for (var n = random.Next(1, 30); n > 0; n--) octets[random.Next(octets.Length)] = n % 3 == 0 ? "\r\n;=?-\"\0\x1b("u8[random.Next(10)] : (byte)random.Next(256);
            var cut = octets.AsMemory(random.Next(octets.Length / 4), random.Next(octets.Length * 3 / 4));
            Use(MimeMessage.Parse(i % 2 == 0 ? octets : cut));
        }
    }

    [Fact]
    public void Nesting_and_numbers_without_end_are_bounded()
    {
        var deep = string.Concat(Enumerable.Range(0, 5000).Select(n => $"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"));
        Assert.True(Parse(deep).Root.All().Count() < 100);
        var wide = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n\r\n\r\n", 100_000));
        Assert.True(Parse(wide).Root.All().Count() <= 501);
        Assert.True(Parse(string.Concat(Enumerable.Repeat("X: y\r\n", 100_000))).Headers.Count <= 1000);
    }

    private static void Use(MimeMessage message)
    {
        _ = message.Subject + message.TextBody + message.HtmlBody;
        foreach (var part in message.Root.All()) _ = part.DecodeText() + part.FileName + part.ContentId + string.Concat(part.Headers.Select(header => header.Value));
        _ = AddressList.Parse(message.Headers.FindRaw("From") ?? "");
    }

    private static MimeMessage Parse(string text) => MimeMessage.Parse(Encoding.UTF8.GetBytes(text));
}
