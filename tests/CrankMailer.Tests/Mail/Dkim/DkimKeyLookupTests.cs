using CrankMailer.Mail.Dkim;
using CrankMailer.Mail.Dns;
using CrankMailer.Tests.Mail.Dns;

namespace CrankMailer.Tests.Mail.Dkim;

public sealed class DkimKeyLookupTests : IAsyncDisposable
{
    private const string Name = "s1._domainkey.example.org";
    private static readonly DkimKey Key = DkimKey.Generate(DkimAlgorithm.RsaSha256, 4096); // its record has several strings
    private readonly DnsServer server = new();
    private readonly DkimKeyLookup keys;

    public DkimKeyLookupTests() => keys = new DkimKeyLookup(new DnsClient([server.Place], TimeProvider.System) { Patience = TimeSpan.FromSeconds(20) });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_published_key_is_found_whole()
    {
        server.Records[(Name, 16)] = [DnsServer.Text("v=spf1 -all"), DnsServer.Text(Key.DnsRecord)];
        Assert.Equal(Key.DnsRecord, await keys.FindAsync(Name, Ct));
        Assert.Null(DkimKeyLookup.FindMismatch(Name, await keys.FindAsync(Name, Ct), Key.DnsRecord));
        Assert.Null(await keys.FindAsync("s2._domainkey.example.org", Ct));
    }

    [Fact]
    public async Task A_message_verifies_with_the_key_that_DNS_holds()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(1024);
        var forger = new Forger(rsa);
        server.Records[(Name, 16)] = [DnsServer.Text(forger.Record)];
        var verifier = new DkimVerifier(TimeProvider.System);
        var message = System.Text.Encoding.ASCII.GetBytes(forger.Sign());
        Assert.Equal(DkimStatus.Pass, Assert.Single(await verifier.VerifyAsync(message, keys.FindAsync, Ct)).Status);
        server.Udp = _ => null;
        var silent = new DkimKeyLookup(new DnsClient([server.Place], TimeProvider.System) { Patience = TimeSpan.FromMilliseconds(100) });
        Assert.Equal(DkimStatus.TempError, Assert.Single(await verifier.VerifyAsync(message, silent.FindAsync, Ct)).Status);
    }

    [Theory]
    [InlineData(null, "no TXT record")]
    [InlineData("hello", "cannot be read")]
    [InlineData("v=DKIM1; k=rsa; p=", "revoked")]
    [InlineData("v=DKIM1; k=rsa; p=AAAA", "another key")]
    [InlineData("v=DKIM1; k=ed25519; p={p}", "another key")]
    [InlineData("v=DKIM1; k=rsa; t=y; p={p}", "t=y")]
    public void What_is_published_wrongly_is_named(string? published, string word) =>
        Assert.Contains(word, DkimKeyLookup.FindMismatch(Name, published?.Replace("{p}", Convert.ToBase64String(Key.PublicKey.Span), StringComparison.Ordinal), Key.DnsRecord));

    [Theory]
    [InlineData("p={p}")]
    [InlineData("v=DKIM1;p={p}")]
    [InlineData("v=DKIM1; k=rsa; s=email; n=ours; p= {p} ;")]
    public void What_means_the_same_is_the_same(string published) =>
        Assert.Null(DkimKeyLookup.FindMismatch(Name, published.Replace("{p}", Convert.ToBase64String(Key.PublicKey.Span), StringComparison.Ordinal), Key.DnsRecord));
}
