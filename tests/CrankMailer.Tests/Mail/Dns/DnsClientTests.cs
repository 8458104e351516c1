using System.Net;
using CrankMailer.Mail.Dns;
using CrankMailer.Tests.Databases;

namespace CrankMailer.Tests.Mail.Dns;

public sealed class DnsClientTests : IAsyncDisposable
{
    private readonly DnsServer server = new();
    private readonly FakeClock clock = new();
    private readonly DnsClient client;

    public DnsClientTests() => client = new DnsClient([server.Place], clock) { Patience = TimeSpan.FromSeconds(20) };

    /// <summary>For servers that will not answer.</summary>
    private DnsClient Hasty => new([server.Place], clock) { Patience = TimeSpan.FromMilliseconds(100) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_record_is_read()
    {
        server.Records[("example.org", 1)] = [[192, 0, 2, 1], [192, 0, 2, 2]];
        server.Records[("example.org", 28)] = [IPAddress.Parse("2001:db8::1").GetAddressBytes()];
        server.Records[("example.org", 15)] = [[0, 10, .. DnsServer.Name("MX1.Example.org")], [0, 0, 0]];
        server.Records[("example.org", 16)] = [DnsServer.Text("v=spf1 -all"), DnsServer.Text("größe")];
        server.Records[("1.2.0.192.in-addr.arpa", 12)] = [DnsServer.Name("mail.example.org")];
        Assert.Equal(["192.0.2.1", "192.0.2.2"], (await client.AskAsync("example.org", DnsType.A, Ct)).Cast<DnsRecord.Address>().Select(record => record.Value.ToString()));
        Assert.Equal([new DnsRecord.Address(IPAddress.Parse("2001:db8::1"))], await client.AskAsync("Example.ORG.", DnsType.Aaaa, Ct));
        Assert.Equal([new DnsRecord.Exchange(10, "mx1.example.org"), new DnsRecord.Exchange(0, "")], await client.AskAsync("example.org", DnsType.Mx, Ct)); // RFC 7505
        Assert.Equal([new DnsRecord.Text("v=spf1 -all"), new DnsRecord.Text("größe")], await client.AskAsync("example.org", DnsType.Txt, Ct));
        Assert.Equal([new DnsRecord.Name("mail.example.org")], await client.AskAsync("1.2.0.192.in-addr.arpa", DnsType.Ptr, Ct));
    }

    [Fact]
    public async Task What_is_not_there_is_no_failure()
    {
        server.Records[("example.org", 1)] = [[192, 0, 2, 1]];
        Assert.Empty(await client.AskAsync("example.org", DnsType.Txt, Ct)); // the name, but not the type
        Assert.Empty(await client.AskAsync("none.example.org", DnsType.Txt, Ct)); // NXDOMAIN
    }

    [Fact]
    public async Task An_alias_is_followed() // how mail services have their keys published
    {
        server.Records[("s1._domainkey.example.org", 5)] = [DnsServer.Name("s1.keys.example.net")];
        server.Records[("s1.keys.example.net", 16)] = [DnsServer.Text("v=DKIM1; p=AAAA")];
        Assert.Equal([new DnsRecord.Text("v=DKIM1; p=AAAA")], await client.AskAsync("s1._domainkey.example.org", DnsType.Txt, Ct));
    }

    [Fact]
    public async Task A_long_answer_comes_over_TCP()
    {
        var text = new string('k', 3000);
        server.Records[("long.example.org", 16)] = [DnsServer.Text(text)];
        Assert.Equal([new DnsRecord.Text(text)], await client.AskAsync("long.example.org", DnsType.Txt, Ct));
    }

    [Fact]
    public async Task An_answer_is_kept_as_long_as_it_says()
    {
        server.Records[("example.org", 16)] = [DnsServer.Text("one")];
        await client.AskAsync("example.org", DnsType.Txt, Ct);
        server.Records[("example.org", 16)] = [DnsServer.Text("two")];
        clock.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal([new DnsRecord.Text("one")], await client.AskAsync("example.org", DnsType.Txt, Ct));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([new DnsRecord.Text("two")], await client.AskAsync("example.org", DnsType.Txt, Ct));
        Assert.Equal(2, server.Questions);
    }

    [Fact]
    public async Task A_lost_datagram_is_sent_again_and_a_silent_server_is_passed_by()
    {
        server.Records[("example.org", 16)] = [DnsServer.Text("here")];
        var lost = 0;
        server.Udp = answer => ++lost == 1 ? null : answer;
        Assert.Single(await new DnsClient([server.Place], clock) { Patience = TimeSpan.FromSeconds(1) }.AskAsync("example.org", DnsType.Txt, Ct));
        Assert.Equal(2, lost);
        await using var silent = new DnsServer { Udp = _ => null };
        var two = new DnsClient([silent.Place, server.Place], clock) { Patience = TimeSpan.FromSeconds(1) };
        Assert.Single(await two.AskAsync("example.org", DnsType.Txt, Ct));
    }

    [Fact]
    public async Task Nobody_who_answers_is_a_failure_that_names_the_server()
    {
        server.Udp = _ => null;
        Assert.Contains(server.Place.ToString(), (await Assert.ThrowsAsync<DnsFailureException>(() => Hasty.AskAsync("example.org", DnsType.Txt, Ct))).Message);
        await Assert.ThrowsAsync<DnsFailureException>(() => new DnsClient([], clock).AskAsync("example.org", DnsType.Txt, Ct));
        server.Udp = answer => { answer[3] |= 2; return answer; }; // SERVFAIL
        server.Records[("example.org", 16)] = [DnsServer.Text("here")];
        await Assert.ThrowsAsync<DnsFailureException>(() => Hasty.AskAsync("example.org", DnsType.Txt, Ct));
    }

    [Fact]
    public async Task An_answer_to_another_question_is_not_taken()
    {
        server.Records[("example.org", 16)] = [DnsServer.Text("forged")];
        foreach (var forge in new Action<byte[]>[] { a => a[0] ^= 1, a => a[13] ^= 1, a => a[2] &= 0x7f, a => a[12 + 13 + 1] = 15 })
        {
            server.Udp = answer => { forge(answer); return answer; };
            await Assert.ThrowsAsync<DnsFailureException>(() => Hasty.AskAsync("example.org", DnsType.Txt, Ct));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("bücher.example")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123.example")]
    public async Task What_is_no_name_is_not_asked_for(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => client.AskAsync(name, DnsType.Txt, Ct));
        Assert.Equal(0, server.Questions);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:53")]
    [InlineData("127.0.0.1:5353", "127.0.0.1:5353")]
    [InlineData("::1", "[::1]:53")]
    [InlineData("[::1]:5353", "[::1]:5353")]
    [InlineData("dns.example.org", null)]
    [InlineData("", null)]
    public void A_server_is_read_as_people_write_it(string text, string? place) => Assert.Equal(place, DnsClient.FindServer(text)?.ToString());

    [Fact]
    public void Torn_answers_never_throw() => Seeds.Try(20_000, random =>
    {
        var asked = DnsMessage.Ask(7, "example.org", DnsType.Mx);
        byte[] answer = [0, 7, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0, .. DnsServer.Name("example.org"), 0, 15, 0, 1, 0xc0, 12, 0, 15, 0, 1, 0, 0, 1, 44, 0, 9, 0, 10, 4, (byte)'m', (byte)'a', (byte)'i', (byte)'l', 0xc0, 12, 0xc0, 12, 0, 15, 0, 1, 0, 0, 1, 44, 0, 3, 0, 0, 0];
        for (var n = random.Next(5); n > 0; n--) answer[random.Next(2, answer.Length)] = (byte)random.Next(256);
        DnsMessage.Read(answer.AsSpan(0, random.Next(answer.Length + 1)), asked, (DnsType)new[] { 1, 5, 12, 15, 16, 28 }[random.Next(6)], out _, out _);
    });
}
