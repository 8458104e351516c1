using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Headers;
using CrankMailer.Mail.Mime;
using CrankMailer.Tests.Mail.Compose;

namespace CrankMailer.Tests.Mail.Headers;

/// <summary>To, with the names and addresses people really have and those attackers type (R6–R9, R15, R73).</summary>
public sealed class RecipientNameTests
{
    public static TheoryData<string> Names =>
    [
        "Ann", "Doe, Jane", "St. Ives", "ann@x.test", "\"Jo\" O'Neil", "back\\slash", "<script>", "(comment)", "a:b;c", "=?utf-8?q?Bob?=", "?= =?", "Jürgen Größe, der Ältere",
        "山田太郎", "Ярослав Мудрый", "홍길동", "مرحبا بالعالم", "שלום עולם", "\u202eevil\u202c", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 Anna", "Ann 🙂", "é", "e\u0301", "a  b", "Ann <ann@x.test>",
        new string('n', 300), new string('ü', 300), string.Concat(Enumerable.Repeat("Anna Maria ", 27)).Trim(), string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 35)), new string('"', 60), new string('x', 67),
    ];

    [Theory, MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public void A_name_is_read_back_whole(string name)
    {
        var message = Write(Mailbox.Create(name, "ann@example.net"));
        StrictMail.Read(message);
        Assert.Equal((name, "ann@example.net"), Assert.Single(AddressList.Parse(MimeMessage.Parse(message).Headers.FindRaw("To") ?? "")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("\u00a0\u2003\u3000")]
    [InlineData("\r\n\0")]
    [InlineData(null)]
    public void A_name_of_nothing_is_no_name(string? name) =>
        Assert.Equal("ann@example.net", StrictMail.Read(Write(Mailbox.Create(name, "ann@example.net"))).Header("To"));

    [Fact]
    public void What_cannot_stand_in_a_name_becomes_a_blank_or_the_replacement_character()
    {
        foreach (var (name, shown) in new[] { ("Ann\r\nBcc: x@y.test", "Ann Bcc: x@y.test"), ("Ann\0Doe", "Ann Doe"), ("Ann\ud83d", "Ann\ufffd"), ("\udc00Ann\ud800Doe", "\ufffdAnn\ufffdDoe"), ("A\u0085\u2028\u2029B", "A B") })
        {
            var message = Write(Mailbox.Create(name, "ann@example.net"));
            Assert.DoesNotContain(StrictMail.Read(message).Headers, header => header.Name == "Bcc");
            Assert.Equal(shown, Assert.Single(AddressList.Parse(MimeMessage.Parse(message).Headers.FindRaw("To") ?? "")).Name);
        }
    }

    [Fact]
    public void A_name_without_end_is_cut_at_a_character() // R15
    {
        var name = Mailbox.Create(string.Concat(Enumerable.Repeat("🙂", 20_000)), "ann@example.net").DisplayName ?? "";
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 990, 998);
        Assert.DoesNotContain('\ufffd', name);
        StrictMail.Read(Write(Mailbox.Create(name, "ann@example.net")));
    }

    [Theory]
    [InlineData("\"ann b\"@example.net")]
    [InlineData("\"a,b<c>@d\"@example.net")]
    [InlineData("ann@xn--bcher-kva.example")]
    [InlineData("a1234567890123456789012345678901234567890123456789012345678901@subdomain-that-is-quite-long.example.net")]
    public void An_address_stands_raw_and_whole(string address)
    {
        foreach (var name in new[] { null, "Ann", "Jürgen" })
            Assert.EndsWith(name is null ? address : $"<{address}>", StrictMail.Read(Write(Mailbox.Create(name, address))).Header("To"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_an_address_that_needs_SMTPUTF8_puts_raw_UTF8_into_a_header() // R8, R72, R73
    {
        var needs = Write(Mailbox.Create("Jörg", "jörg@bücher.example"));
        Assert.EndsWith(" <jörg@xn--bcher-kva.example>", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(StrictMail.Read(needs, isUtf8: true).Header("To"))), StringComparison.Ordinal);
        Assert.Contains("=?UTF-8?", Encoding.UTF8.GetString(needs)); // the name stays as old readers know it
        Assert.True(EmailAddress.Create("jörg@bücher.example").NeedsSmtpUtf8);
        StrictMail.Read(Write(Mailbox.Create("Jörg", "joerg@bücher.example"))); // which allows no raw UTF-8
        Assert.False(EmailAddress.Create("joerg@bücher.example").NeedsSmtpUtf8);
    }

    [Theory]
    [InlineData("jörg@example.org", null)]
    [InlineData("ann@example.org", "jörg@example.org")]
    public void Our_own_addresses_are_ones_every_receiver_can_take(string from, string? replyTo) => // R8, R12
        Assert.Contains("SMTPUTF8", Assert.Throws<ArgumentException>(() => new MessagePlanBuilder
        {
            From = Mailbox.Create("Ann", from), ReplyTo = replyTo is null ? null : Mailbox.Create(null, replyTo), Subject = [PlanSegment.Text("x")], Text = [PlanSegment.Text("x")],
        }.Build()).Message);

    [Fact]
    public void The_date_is_English_in_every_culture() // R14
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in System.Globalization.CultureInfo.GetCultures(System.Globalization.CultureTypes.SpecificCultures))
            {
                System.Globalization.CultureInfo.CurrentCulture = culture;
                var mail = StrictMail.Read(Write(Mailbox.Create("Ann", "ann@example.net")));
                Assert.True(mail.Header("Date") == "Thu, 05 Mar 2026 06:00:00 +0000", culture.Name);
            }
        }
        finally { System.Globalization.CultureInfo.CurrentCulture = before; }
    }

    private static byte[] Write(Mailbox to)
    {
        using var buffer = new MessageBuffer();
        A.Builder().Build().Write(buffer, new MessageStamp(to, MessageId.Create("1", "example.org"), A.Day), NoHoleValues.Instance, []);
        return buffer.WrittenSpan.ToArray();
    }
}
