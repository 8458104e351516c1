using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Dkim;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Tests.Mail.Dkim;

public sealed class DkimTests
{
    private static readonly DkimKey Rsa = DkimKey.Generate(DkimAlgorithm.RsaSha256, 1024);

    [Theory]
    [InlineData(DkimAlgorithm.RsaSha256, 1024)]
    [InlineData(DkimAlgorithm.RsaSha256, 2048)]
    [InlineData(DkimAlgorithm.RsaSha256, 4096)]
    [InlineData(DkimAlgorithm.Ed25519Sha256, 0)]
    public async Task A_key_survives_its_PEM_and_its_signature_verifies(DkimAlgorithm algorithm, int bits)
    {
        if (!DkimKey.IsSupported(algorithm)) Assert.Skip("OpenSSL 3 is absent.");
        var key = DkimKey.FromPem(DkimKey.Generate(algorithm, bits).ToPem());
        var signer = new DkimSigner("example.org", "s1", key);
        var result = Assert.Single(await VerifyAsync(Sign([signer]), key.DnsRecord));
        Assert.Equal((DkimStatus.Pass, (string?)null, "example.org"), (result.Status, result.Problem, result.Domain));
        Assert.All(key.DnsStrings, text => Assert.True(text.Length <= 255));
        Assert.Equal(key.DnsRecord, string.Concat(key.DnsStrings));
        Assert.DoesNotContain("PRIVATE", key.ToString());
    }

    [Fact]
    public async Task What_readers_act_upon_is_signed_and_closed_against_additions()
    {
        var signer = new DkimSigner("example.org", "s1", Rsa);
        var names = Assert.Single(await VerifyAsync(Sign([signer]), Rsa.DnsRecord)).SignedHeaders;
        // R32, R33.
        Assert.All(new[] { "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "list-unsubscribe", "list-unsubscribe-post", "list-id", "feedback-id" }, name => Assert.Contains(name, names));
        Assert.All(new[] { "from", "to", "subject", "date", "content-type", "list-unsubscribe", "list-unsubscribe-post" }, name => Assert.Equal(2, names.Count(n => n == name)));
        Assert.All(new[] { "reply-to", "cc" }, name => Assert.Single(names, n => n == name));
        Assert.DoesNotContain(" l=", Sign([signer]));
    }

    [Theory]
    [InlineData("Subject: another\r\n")]
    [InlineData("From: thief@x.test\r\n")]
    [InlineData("Reply-To: thief@x.test\r\n")]
    [InlineData("List-Unsubscribe: <https://x.test>\r\n")]
    public async Task An_added_header_breaks_the_signature(string added)
    {
        var message = Sign([new DkimSigner("example.org", "s1", Rsa)]);
        Assert.Equal(DkimStatus.Fail, (await VerifyAsync(added + message, Rsa.DnsRecord))[0].Status);
        Assert.Equal(DkimStatus.Fail, (await VerifyAsync(message.Replace("\r\n\r\n--=_m", $"\r\n{added}\r\n--=_m", StringComparison.Ordinal), Rsa.DnsRecord))[0].Status);
    }

    [Fact]
    public async Task Relaxed_survives_white_space_and_nothing_else()
    {
        var message = Sign([new DkimSigner("example.org", "s1", Rsa)]);
        Assert.Equal(DkimStatus.Pass, (await VerifyAsync("Received: by x\r\n" + message.Replace("Subject: ", "SUBJECT:   ", StringComparison.Ordinal) + "\r\n\r\n", Rsa.DnsRecord))[0].Status);
        Assert.Equal(DkimStatus.Fail, (await VerifyAsync(message.Replace("Punkt", "punkt", StringComparison.Ordinal), Rsa.DnsRecord))[0].Status);
        Assert.Equal(DkimStatus.Fail, (await VerifyAsync(message.Replace("Harbor Brief", "Harbour Brief", StringComparison.Ordinal), Rsa.DnsRecord))[0].Status);
    }

    [Fact]
    public async Task Each_of_two_signatures_verifies_alone()
    {
        var other = DkimKey.Generate(DkimAlgorithm.RsaSha256, 1024);
        var message = Sign([new DkimSigner("example.org", "s1", Rsa), new DkimSigner("example.org", "s2", other) { BodyForm = DkimCanonicalization.Simple, HeaderForm = DkimCanonicalization.Simple }]);
        ValueTask<string?> LookUp(string name, CancellationToken ct) => ValueTask.FromResult<string?>(name.StartsWith("s1.", StringComparison.Ordinal) ? Rsa.DnsRecord : other.DnsRecord);
        var results = await new DkimVerifier(TimeProvider.System).VerifyAsync(Encoding.UTF8.GetBytes(message), LookUp, TestContext.Current.CancellationToken);
        Assert.Equal(["s1", "s2"], results.Select(result => result.Selector));
        Assert.All(results, result => Assert.Equal(DkimStatus.Pass, result.Status));
    }

    [Theory]
    [InlineData("v=DKIM1; k=rsa; p=", "revoked")]
    [InlineData("v=DKIM1; k=ed25519; p=AAAA", "does not fit")]
    [InlineData("v=DKIM1; p=%%%", "p=")]
    [InlineData("v=DKIM2; p=AAAA", "version")]
    [InlineData("v=DKIM1; h=sha1; p=AAAA", "sha256")]
    [InlineData("nonsense", "malformed")]
    public async Task A_bad_key_record_is_named(string record, string why)
    {
        var result = Assert.Single(await VerifyAsync(Sign([new DkimSigner("example.org", "s1", Rsa)]), record));
        Assert.Equal(DkimStatus.PermError, result.Status);
        Assert.Contains(why, result.Problem);
    }

    [Fact]
    public async Task Broken_signatures_are_results_and_not_exceptions()
    {
        var random = new Random(2);
        var message = Encoding.UTF8.GetBytes(Sign([new DkimSigner("example.org", "s1", Rsa)]));
        for (var i = 0; i < 500; i++)
        {
            var mutated = message.ToArray();
            for (var n = 0; n < 5; n++) mutated[random.Next(500)] = (byte)random.Next(256);
            var results = await new DkimVerifier(TimeProvider.System).VerifyAsync(mutated, (_, _) => ValueTask.FromResult<string?>(Rsa.DnsRecord), TestContext.Current.CancellationToken);
            Assert.All(results, result => Assert.True(result.Problem is not null || result.Status == DkimStatus.Pass));
        }
    }

    [Fact]
    public void Weak_keys_and_other_text_are_refused_with_a_reason()
    {
        using var weak = System.Security.Cryptography.RSA.Create(512);
        Assert.Contains("512", Assert.Throws<FormatException>(() => DkimKey.FromPem(weak.ExportPkcs8PrivateKeyPem())).Message);
        Assert.Throws<FormatException>(() => DkimKey.FromPem("hello"));
        Assert.Throws<FormatException>(() => DkimKey.FromPem(weak.ExportRSAPublicKeyPem()));
        Assert.Throws<FormatException>(() => DkimKey.FromPem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"));
        Assert.Throws<ArgumentOutOfRangeException>(() => DkimKey.Generate(DkimAlgorithm.RsaSha256, 512));
    }

    [Fact]
    public void The_body_canonical_form_is_the_same_by_the_fast_way_and_by_the_letter()
    {
        var random = new Random(9);
        string[] pieces = [" ", "  ", "\t", "\r\n", "a", "bc", " \t ", "\r\n\r\n", "x y"];
        for (var i = 0; i < 3000; i++)
        {
            var body = string.Concat(Enumerable.Range(0, random.Next(25)).Select(_ => pieces[random.Next(pieces.Length)]));
            using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
            DkimCanonical.AppendBody(hash, Encoding.ASCII.GetBytes(body), DkimCanonicalization.Relaxed);
            var lines = body.Split("\r\n").Select(line => System.Text.RegularExpressions.Regex.Replace(line, "[ \t]+", " ").TrimEnd(' ')).ToList();
            while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
            var expected = string.Concat(lines.Select(line => line + "\r\n"));
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(expected)), hash.GetHashAndReset());
        }
    }

    private static string Sign(IReadOnlyList<DkimSigner> signers)
    {
        using var buffer = new MessageBuffer();
        A.CampaignPlan().Write(buffer, A.Stamp(), new Values("a", "b", "c"), signers);
        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }

    private static Task<IReadOnlyList<DkimResult>> VerifyAsync(string message, string record) =>
        new DkimVerifier(TimeProvider.System).VerifyAsync(Encoding.Latin1.GetBytes(message), (_, _) => ValueTask.FromResult<string?>(record), TestContext.Current.CancellationToken);
}
