using System.Net;
using System.Net.Sockets;
using CrankMailer.Hosting;

namespace CrankMailer.Tests.Hosting;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://localhost:21")]
    [InlineData("localhost:5080")]
    [InlineData("http://localhost:99999")]
    [InlineData("http://localhost:port")]
    [InlineData("http://localhost:5080/news")]
    [InlineData("http://localhost:5080;;nonsense")]
    [InlineData("http://localhost:0")]
    [InlineData(" ; ")]
    public void What_is_no_address_is_told_with_how_to_write_one(string urls) => Assert.Matches("^--urls.*; write http|^--urls.* write http://127", ListenAddresses.Fault(urls));

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://*:80; https://[::1]:5443/")]
    [InlineData("http://news.example.org")]
    public void Addresses_are_taken_as_the_web_server_takes_them(string urls) => Assert.Null(ListenAddresses.Fault(urls));

    [Fact]
    public void A_taken_port_is_seen_before_anything_starts()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        foreach (var host in new[] { "localhost", "127.0.0.1", "*" })
            Assert.Equal($"http://{host}:{port} is taken by another program: stop it, or choose another with --urls", ListenAddresses.Refusal($"http://{host}:{port}"));
        other.Stop();
        Assert.Null(ListenAddresses.Refusal($"http://127.0.0.1:{port}"));
    }
}
