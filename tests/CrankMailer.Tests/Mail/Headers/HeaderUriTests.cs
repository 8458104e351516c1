using CrankMailer.Mail.Headers;

namespace CrankMailer.Tests.Mail.Headers;

/// <summary>URIs of list headers (RFC 2369, R40, R47): ASCII, whatever they were given as (R73).</summary>
public sealed class HeaderUriTests
{
    [Theory]
    [InlineData("https://news.example.org", "https://news.example.org/")]
    [InlineData("https://news.example.org/help?a=1&b=2#c", "https://news.example.org/help?a=1&b=2#c")]
    [InlineData("https://bücher.example/hilfe", "https://xn--bcher-kva.example/hilfe")]
    [InlineData("https://BÜCHER.example:8443/ü x", "https://xn--bcher-kva.example:8443/%C3%BC%20x")]
    [InlineData("https://example.org/a>, <https://evil.example", "https://example.org/a%3E,%20%3Chttps://evil.example")]
    [InlineData("https://[::1]/x", "https://[::1]/x")]
    public void A_page_has_one_ASCII_form(string given, string form) => Assert.Equal(form, HeaderUri.Create(given).ToString());

    [Theory]
    [InlineData("ann@example.org", "mailto:ann@example.org")]
    [InlineData("ann@bücher.example", "mailto:ann@xn--bcher-kva.example")]
    [InlineData("a&b?c%d#e/f=g@example.org", "mailto:a%26b%3Fc%25d%23e%2Ff%3Dg@example.org")] // RFC 6068 2
    [InlineData("\"a b\"@example.org", "mailto:%22a%20b%22@example.org")]
    [InlineData("jörg+x@example.org", "mailto:j%C3%B6rg+x@example.org")]
    public void An_address_has_one_ASCII_form(string address, string form) => Assert.Equal(form, HeaderUri.Mailto(EmailAddress.Create(address)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("/help")]
    [InlineData("help")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://")]
    [InlineData("https://user:secret@example.org/")]
    [InlineData("https://example.org/\r\nBcc: x@y.test")]
    [InlineData("https://example.org/\0")]
    [InlineData("mailto:x@y.test?bcc=z@y.test")]
    public void What_is_no_page_is_refused_with_a_reason(string given)
    {
        Assert.False(HeaderUri.TryCreate(given, out _, out var problem));
        Assert.NotEmpty(problem);
    }
}
