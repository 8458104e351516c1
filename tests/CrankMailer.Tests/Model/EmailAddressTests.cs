using System.Text.RegularExpressions;
using CrankMailer.Model;

namespace CrankMailer.Tests.Model;

public sealed partial class EmailAddressTests
{
    [Theory]
    [InlineData(" Ann@Example.ORG ", "Ann@Example.ORG", "ann@example.org", "Ann@example.org")]
    [InlineData("ann@Bücher.example", "ann@Bücher.example", "ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example")]
    [InlineData("O'Brien+news@example.org", "O'Brien+news@example.org", "o'brien+news@example.org", "O'Brien+news@example.org")]
    public void An_address_has_one_spelling_that_is_compared_and_one_that_is_mailed(string typed, string shown, string normalized, string wire)
    {
        var address = EmailAddress.Parse(typed);
        Assert.NotNull(address);
        Assert.Equal((shown, normalized, wire), (address.Address, address.Normalized, address.Wire));
    }

    [Theory]
    [InlineData(null, AddressFault.Empty)]
    [InlineData("  ", AddressFault.Empty)]
    [InlineData("ann", AddressFault.NoAt)]
    [InlineData("ann@example.org,bob@example.org", AddressFault.SeveralAddresses)]
    [InlineData("ann@example.org\r\nBcc: x", AddressFault.Domain)]
    [InlineData("ann b@example.org", AddressFault.LocalPart)]
    [InlineData("<ann@example.org>", AddressFault.LocalPart)]
    [InlineData("ann@exa mple.org", AddressFault.Domain)]
    [InlineData("ann@127.0.0.1", AddressFault.Domain)]
    [InlineData("аnn@example.org", AddressFault.Lookalike)] // Cyrillic а
    [InlineData("ann@exаmple.org", AddressFault.Lookalike)]
    [InlineData("an\u200Bn@example.org", AddressFault.LocalPart)]
    [InlineData("{{ann}}@example.org@", AddressFault.SeveralAddresses)]
    public void What_is_refused_says_why(string? typed, AddressFault fault)
    {
        Assert.False(EmailAddress.TryParse(typed, out var address, out var found));
        Assert.Null(address);
        Assert.Equal(fault, found);
    }

    [Theory]
    [InlineData("marion@example.org", "m…@example.org")]
    [InlineData("m@example.org", "m…@example.org")]
    [InlineData("nobody", "…")]
    public void The_masked_form_shows_one_letter_and_the_domain(string address, string masked) => Assert.Equal(masked, EmailAddress.Mask(address));

    [Fact]
    public void An_address_never_prints_itself_in_full() => Assert.Equal("a…@example.org", $"{EmailAddress.Parse("ann@example.org")}");

    [Fact]
    public void A_megabyte_of_text_is_refused_at_once() =>
        Assert.False(EmailAddress.TryParse(new string('a', 1_000_000) + "@example.org", out _, out _));

    [Fact]
    public void The_corpus_of_own_addresses_is_taken_and_refused_as_it_says() // R170
    {
        var wrong = File.ReadLines(Required.Corpus("addresses", "own_addresses.tsv")).Skip(1).Select(l => l.Split('\t'))
            .Where(row => (EmailAddress.Parse(Unescape(row[0])) is not null) != (row[1] == "accept"))
            .Select(row => $"{row[0]} should be: {row[1]}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_corpus_says_which_addresses_need_SMTPUTF8()
    {
        var wrong = File.ReadLines(Required.Corpus("addresses", "own_addresses.tsv")).Skip(1).Select(l => l.Split('\t'))
            .Where(row => row[1] == "accept" && EmailAddress.Parse(Unescape(row[0]))?.NeedsSmtpUtf8 != (row[2] == "yes"));
        Assert.Empty(wrong.Select(row => row[0]));
    }

    [Fact]
    public void Every_row_of_isemail_is_taken_and_refused_as_it_says() // R170
    {
        // own_addresses.tsv wants white space around an address trimmed, so its two rows of that kind do not bind us.
        var rows = File.ReadLines(Required.Corpus("addresses", "isemail.tsv")).Skip(1).Select(l => l.Split('\t')).ToList();
        var wrong = rows.Where(row => row[3] != "ISEMAIL_CFWS_FWS" || row[1] == row[1].Trim(' ')).Where(row => (EmailAddress.Parse(Unescape(row[1])) is not null) != (row[4] == "accept"));
        Assert.Empty(wrong.Select(row => $"{row[0]} {row[1]} {row[3]} should be: {row[4]}"));
        Assert.Equal((22, 66), (rows.Count(r => r[4] == "accept"), rows.Count(r => r[2] == "ISEMAIL_ERR")));
    }

    private static string Unescape(string text) => Escape().Replace(text, m => m.Value switch
    {
        @"\r" => "\r",
        @"\n" => "\n",
        @"\t" => "\t",
        @"\0" => "\0",
        @"\\" => @"\",
        _ => char.ConvertFromUtf32(Convert.ToInt32(m.Value[2..], 16)),
    });

    [GeneratedRegex(@"\\(?:r|n|t|0|\\|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})")]
    private static partial Regex Escape();
}
