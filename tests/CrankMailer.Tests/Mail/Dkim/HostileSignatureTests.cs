using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CrankMailer.Mail.Dkim;

namespace CrankMailer.Tests.Mail.Dkim;

/// <summary>Signatures and key records as attackers and careless operators make them (RFC 6376 6 and 8, RFC 8301).</summary>
public sealed class HostileSignatureTests : IDisposable
{
    private readonly RSA key = RSA.Create(1024);
    private readonly Forger forger;

    public HostileSignatureTests() => forger = new Forger(key);

    public void Dispose() => key.Dispose();

    [Theory]
    [InlineData("c=relaxed/relaxed")]
    [InlineData("c=relaxed/simple")]
    [InlineData("c=relaxed")]
    [InlineData("c=simple/simple")]
    [InlineData("c=")]
    [InlineData("h=From : TO:Subject:DATE")]
    [InlineData("h=from:from:to:to:subject:subject:date")]
    [InlineData("q=dns/txt")]
    [InlineData("q=x/y:dns/txt")]
    [InlineData("i=@news.example.org")]
    [InlineData("i=\"a@b\"@example.org")]
    [InlineData("x=99999999999")]
    [InlineData("zz=anything at all")]
    [InlineData("z=From:ann@example.org|Subject:Other")]
    [InlineData("t=")]
    public async Task A_good_signature_passes_however_it_is_written(string tag)
    {
        var (name, value) = (tag.Split('=', 2)[0], tag.Split('=', 2)[1]);
        var result = Assert.Single(await forger.VerifyAsync(forger.Sign(other: (name, value.Length == 0 ? null : value))));
        Assert.Equal((DkimStatus.Pass, (string?)null), (result.Status, result.Problem));
        Assert.Empty(result.Notes);
    }

    [Theory]
    [InlineData("v=2", "version")]
    [InlineData("v=", "version")]
    [InlineData("a=rsa-sha1", "RFC 8301")]
    [InlineData("a=dsa-sha256", "not allowed")]
    [InlineData("a=", "not allowed")]
    [InlineData("d=", "d=")]
    [InlineData("s=", "s=")]
    [InlineData("d=../../etc", "d=")]
    [InlineData("s=../x", "s=")]
    [InlineData("s=a..b", "s=")]
    [InlineData("d=example.org/x", "d=")]
    [InlineData("h=to:subject", "From")]
    [InlineData("h=", "From")]
    [InlineData("c=loose/loose", "c=")]
    [InlineData("c=relaxed/relaxed/relaxed", "c=")]
    [InlineData("q=http/get", "q=")]
    [InlineData("i=@example.com", "i=")]
    [InlineData("i=@xexample.org", "i=")]
    [InlineData("i=example.org", "i=")]
    [InlineData("bh=####", "bh=")]
    [InlineData("b=!!", "b=")]
    [InlineData("b=", "b=")]
    [InlineData("x=1772690401", "expired")]
    [InlineData("x=1", "x=")]
    [InlineData("x=1772690400", "x=")] // not after t=
    [InlineData("x=soon", "x=")]
    [InlineData("x=-5", "x=")]
    [InlineData("t=now", "t=")]
    [InlineData("l=-1", "l=")]
    [InlineData("l=99999999999999999999999", "l=")]
    public async Task A_signature_that_may_not_be_used_says_why(string tag, string word)
    {
        var (name, value) = (tag.Split('=', 2)[0], tag.Split('=', 2)[1]);
        var result = Assert.Single(await forger.VerifyAsync(forger.Sign(other: (name, value.Length == 0 && name != "b" ? null : value))));
        Assert.Equal(DkimStatus.PermError, result.Status);
        Assert.Contains(word, result.Problem);
    }

    [Theory]
    [InlineData("; d=evil.example")]
    [InlineData("; nonsense")]
    [InlineData("; =x")]
    public async Task A_tag_list_that_is_ambiguous_is_malformed(string extra) =>
        Assert.Contains("malformed", Assert.Single(await forger.VerifyAsync(forger.Sign(extra: extra))).Problem);

    [Theory]
    [InlineData("v=DKIM1; k=rsa; p=", "revoked")]
    [InlineData("v=DKIM1; k=rsa", "p=")]
    [InlineData("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "does not fit")]
    [InlineData("v=DKIM1; h=sha1; p={p}", "sha256")]
    [InlineData("v=DKIM1; s=other; p={p}", "e-mail")]
    [InlineData("v=DKIM1; p=AAAA", "no RSA key")]
    [InlineData("v=DKIM1; p=%%%", "p=")]
    [InlineData("v=DKIM9; p={p}", "version")]
    [InlineData("v=DKIM1; p={p}; p={p}", "malformed")]
    [InlineData("", "p=")]
    [InlineData("v=spf1 -all", "version")]
    public async Task A_key_record_that_may_not_be_used_says_why(string record, string word)
    {
        var p = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        var result = Assert.Single(await forger.VerifyAsync(forger.Sign(), record.Replace("{p}", p, StringComparison.Ordinal)));
        Assert.Equal(DkimStatus.PermError, result.Status);
        Assert.Contains(word, result.Problem);
    }

    [Theory]
    [InlineData("k=rsa; p={p}")]
    [InlineData("v=DKIM1; h=sha1:sha256; s=*; n=note; p={p}")]
    [InlineData("v=DKIM1; s=email:other; t=; p={p};")]
    public async Task A_key_record_passes_however_it_is_written(string record)
    {
        foreach (var p in new[] { key.ExportSubjectPublicKeyInfo(), key.ExportRSAPublicKey() }) // the letter, and the erratum
            Assert.Equal(DkimStatus.Pass, Assert.Single(await forger.VerifyAsync(forger.Sign(), record.Replace("{p}", Convert.ToBase64String(p), StringComparison.Ordinal))).Status);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1016)]
    [InlineData(16384)] // would cost the verifier a second a mail
    public async Task A_key_of_a_size_nobody_should_have_is_refused(int bits)
    {
        var modulus = new byte[bits / 8];
        RandomNumberGenerator.Fill(modulus);
        (modulus[0], modulus[^1]) = (0xff, 0xff);
        using var odd = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
        var result = Assert.Single(await forger.VerifyAsync(forger.Sign(), $"v=DKIM1; p={Convert.ToBase64String(odd.ExportSubjectPublicKeyInfo())}"));
        Assert.Equal(DkimStatus.PermError, result.Status);
        Assert.Contains($"{bits} bits", result.Problem);
    }

    [Fact]
    public async Task A_key_that_may_not_sign_for_subdomains_does_not() // t=s
    {
        var strict = forger.Record + "; t=y:s";
        Assert.Equal(DkimStatus.Pass, Assert.Single(await forger.VerifyAsync(forger.Sign(other: ("i", "@example.org")), strict)).Status);
        Assert.Contains("t=s", Assert.Single(await forger.VerifyAsync(forger.Sign(other: ("i", "@news.example.org")), strict)).Problem);
    }

    [Fact]
    public async Task A_key_in_testing_is_told() // t=y: such mail is no better than unsigned
    {
        var result = Assert.Single(await forger.VerifyAsync(forger.Sign(), forger.Record + "; t=y"));
        Assert.Equal(DkimStatus.Pass, result.Status);
        Assert.Contains(result.Notes, note => note.Contains("testing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_signature_of_a_part_of_the_body_tells_how_much() // l=, RFC 6376 8.2
    {
        var signed = forger.Sign(other: ("l", "6"));
        var result = Assert.Single(await forger.VerifyAsync(signed + "<p>Anything an attacker likes.</p>\r\n"));
        Assert.Equal(DkimStatus.Pass, result.Status);
        Assert.Contains(result.Notes, note => note.Contains("6 octets", StringComparison.Ordinal));
        Assert.Equal(DkimStatus.Fail, Assert.Single(await forger.VerifyAsync(signed.Replace("One.", "Two.", StringComparison.Ordinal))).Status);
        Assert.Equal(DkimStatus.Fail, Assert.Single(await forger.VerifyAsync(forger.Sign(other: ("l", "6000")))).Status);
        Assert.Equal(DkimStatus.Pass, Assert.Single(await forger.VerifyAsync(forger.Sign(other: ("l", "0")))).Status);
    }

    [Theory]
    [InlineData("Subject: another\r\n")]
    [InlineData("From: thief@x.test\r\n")]
    [InlineData("Reply-To: thief@x.test\r\n")]
    public async Task A_header_that_no_signature_covers_is_told(string added)
    {
        var result = Assert.Single(await forger.VerifyAsync(added + forger.Sign()));
        Assert.Equal(DkimStatus.Pass, result.Status); // it is: the signature does not name one more than present
        Assert.Contains(result.Notes, note => note.Contains(added.Split(':')[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_From_cannot_hide_behind_a_thousand_headers()
    {
        var signed = forger.Sign(other: ("h", "from:from:to:subject:date"));
        var hidden = signed.Replace("\r\n\r\nOne", string.Concat(Enumerable.Range(0, 10_000).Select(n => $"\r\nX-{n}: y")) + "\r\nFrom: thief@x.test\r\n\r\nOne", StringComparison.Ordinal);
        Assert.NotEqual(DkimStatus.Pass, Assert.Single(await forger.VerifyAsync(hidden)).Status);
        Assert.NotEqual(DkimStatus.Pass, Assert.Single(await forger.VerifyAsync(signed.Replace("\r\n\r\nOne", string.Concat(Enumerable.Range(0, 300).Select(n => $"\r\nX-{n}: y")) + "\r\nFrom: thief@x.test\r\n\r\nOne", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task A_signature_never_signs_itself() // RFC 6376 3.5: h= must not name it
    {
        var message = forger.Sign(other: ("h", "from:to:subject:date:dkim-signature"));
        Assert.Equal(DkimStatus.Pass, Assert.Single(await forger.VerifyAsync(message)).Status);
    }

    [Fact]
    public async Task What_is_endless_is_bounded()
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(DkimStatus.PermError, Assert.Single(await forger.VerifyAsync(forger.Sign(other: ("h", "from:" + string.Join(':', Enumerable.Repeat("x", 500_000)))))).Status);
        await forger.VerifyAsync("DKIM-Signature: " + string.Concat(Enumerable.Range(0, 200_000).Select(n => $"a{n}=b;")) + "\r\n" + Forger.Message);
        await forger.VerifyAsync("DKIM-Signature: v=1;\r\n" + string.Concat(Enumerable.Repeat(" \r\n", 500_000)) + Forger.Message);
        var many = string.Concat(Enumerable.Repeat(forger.Sign().Split("\r\n")[0] + "\r\n", 1000)) + Forger.Message;
        Assert.Equal(10, (await forger.VerifyAsync(many)).Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task A_record_that_is_absent_and_one_that_cannot_be_asked_for_are_different_things()
    {
        var message = Encoding.Latin1.GetBytes(forger.Sign());
        var verifier = new DkimVerifier(TimeProvider.System);
        var ct = TestContext.Current.CancellationToken;
        var asked = "";
        Assert.Equal(DkimStatus.PermError, Assert.Single(await verifier.VerifyAsync(message, (name, _) => { asked = name; return ValueTask.FromResult<string?>(null); }, ct)).Status);
        Assert.Equal("s1._domainkey.example.org", asked);
        var later = Assert.Single(await verifier.VerifyAsync(message, (_, _) => throw new IOException("the name server does not answer"), ct));
        Assert.Equal((DkimStatus.TempError, "the name server does not answer"), (later.Status, later.Problem));
    }

    [Fact]
    public async Task A_file_with_LF_line_ends_is_read_as_if_CRLF() =>
        Assert.Equal(DkimStatus.Pass, Assert.Single(await forger.VerifyAsync(forger.Sign().Replace("\r\n", "\n", StringComparison.Ordinal))).Status);

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\nbody")]
    [InlineData("no header")]
    [InlineData("Subject: unsigned\r\n\r\nbody")]
    public async Task A_message_without_a_signature_has_no_result(string message) => Assert.Empty(await forger.VerifyAsync(message));

    [Fact]
    public void Torn_signatures_and_records_are_results_and_not_exceptions() => Seeds.Try(400, random =>
    {
        var (message, record) = (Tear(forger.Sign(), random, 400), random.Next(2) == 0 ? Tear(forger.Record, random, 250) : forger.Record);
        foreach (var result in forger.VerifyAsync(message, record).GetAwaiter().GetResult())
            Assert.True(result.Problem is null == (result.Status == DkimStatus.Pass));
    });

    private static string Tear(string text, Random random, int within)
    {
        var torn = new StringBuilder(text);
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(Math.Min(within, torn.Length));
            switch (random.Next(4))
            {
                case 0: torn[at] = (char)random.Next(256); break;
                case 1: torn.Remove(at, random.Next(Math.Min(20, torn.Length - at))); break;
                case 2: torn.Insert(at, "; = : \r\n \0=;"[random.Next(11)..]); break;
                default: torn.Insert(at, text[random.Next(text.Length)..]); break;
            }
        }
        return torn.ToString();
    }
}
