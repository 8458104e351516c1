using CrankMailer.Mail.Headers;

namespace CrankMailer.Tests.Mail.Headers;

/// <summary>R9: what could inject a header or a command cannot be made.</summary>
public sealed class HeaderTypesTests
{
    // As names: a test runner that writes its cases as UTF-8 would make the lone surrogate another character.
    public static TheoryData<string> LineBreaks => ["000D 000A", "000A", "000D", "0000", "0085", "2028", "2029", "000B", "007F", "D800"];

    [Theory]
    [MemberData(nameof(LineBreaks))]
    public void No_type_holds_a_line_break(string codes)
    {
        var what = new string([.. codes.Split(' ').Select(code => (char)Convert.ToInt32(code, 16))]);
        var text = $"a{what}Bcc: x@y.test";
        Assert.False(HeaderValue.TryCreate(text, out _, out _));
        Assert.False(HeaderName.TryCreate(text, out _, out _));
        Assert.False(EmailAddress.TryCreate($"a{what}b@example.test", out _, out _));
        Assert.False(EmailAddress.TryCreate($"\"a{what}b\"@example.test", out _, out _));
        Assert.False(EmailAddress.TryCreate($"ab@example.test{what}", out _, out _));
        Assert.False(MessageId.TryCreate(text, "example.test", out _, out _));
        Assert.False(MessageId.TryCreate("a", $"example.test{what}", out _, out _));
        Assert.DoesNotContain(what, HeaderValue.Clean(text).Value, StringComparison.Ordinal);
        Assert.DoesNotContain(what, Mailbox.Create(text, "ab@example.test").DisplayName, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ann@example.com", "ann@example.com", false)]
    [InlineData("Ann@Example.COM", "Ann@example.com", false)]
    [InlineData("ann@bücher.example", "ann@xn--bcher-kva.example", false)]
    [InlineData("ann@faß.example", "ann@xn--fa-hia.example", false)]
    [InlineData("jörg@example.de", "jörg@example.de", true)]
    [InlineData("\"ann b\"@example.com", "\"ann b\"@example.com", false)]
    [InlineData("root@localhost", "root@localhost", false)]
    public void An_address_has_one_form(string text, string form, bool needsUtf8)
    {
        var address = EmailAddress.Create(text);
        Assert.Equal(form, address.ToString());
        Assert.Equal(needsUtf8, address.NeedsSmtpUtf8);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("@example.com")]
    [InlineData("ann@")]
    [InlineData("ann@@example.com")]
    [InlineData(".ann@example.com")]
    [InlineData("an..n@example.com")]
    [InlineData("ann@example..com")]
    [InlineData("ann@-example.com")]
    [InlineData("ann@exa_mple.com")]
    [InlineData("ann b@example.com")]
    [InlineData("<ann@example.com>")]
    [InlineData("ann@example.com>")]
    [InlineData("ann@[127.0.0.1]")]
    [InlineData("ann\u200b@example.com")]
    public void What_is_no_address_is_refused_with_a_reason(string text)
    {
        Assert.False(EmailAddress.TryCreate(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Lengths_are_those_of_RFC_5321()
    {
        var host = string.Join('.', Enumerable.Repeat(new string('b', 60), 4));
        Assert.True(EmailAddress.TryCreate(new string('a', 64) + "@example.com", out _, out _));
        Assert.False(EmailAddress.TryCreate(new string('a', 65) + "@example.com", out _, out _));
        Assert.False(EmailAddress.TryCreate(new string('ä', 33) + "@example.com", out _, out _));
        Assert.True(EmailAddress.TryCreate("a123456789@" + host, out _, out _));
        Assert.False(EmailAddress.TryCreate("a1234567890@" + host, out _, out _));
        Assert.False(EmailAddress.TryCreate("a@" + new string('b', 64) + ".com", out _, out _));
    }

    [Fact]
    public void A_date_is_English_and_UTC_in_every_culture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in new[] { "de-DE", "ar-SA", "th-TH", "fa-IR" })
            {
                System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(culture);
                Assert.Equal("Thu, 05 Mar 2026 06:00:00 +0000", MailDate.Format(new DateTimeOffset(2026, 3, 5, 8, 0, 0, TimeSpan.FromHours(2))));
            }
        }
        finally { System.Globalization.CultureInfo.CurrentCulture = before; }
    }
}
