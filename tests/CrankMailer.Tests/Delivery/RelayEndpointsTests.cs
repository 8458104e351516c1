using CrankMailer.Delivery;
using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Publications;
using CrankMailer.Tests.Databases;
using CrankMailer.Tests.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CrankMailer.Tests.Delivery;

public sealed class RelayEndpointsTests
{
    [Fact]
    public async Task Time_outs_are_those_of_the_standard_unless_set()
    {
        await using var plain = await World.CreateAsync(DatabaseEngine.Sqlite);
        Assert.Equal(new SmtpTimeouts(), Of(plain, new RelayRow { Host = "relay.test", HelloName = "mail.test" }).Timeouts);
        await using var set = await World.CreateAsync(DatabaseEngine.Sqlite, settings: s => (s["Delivery:Timeouts:Dot"], s["Delivery:Timeouts:Connect"]) = ("00:12:00", "00:00:20"));
        Assert.Equal(new SmtpTimeouts { Dot = TimeSpan.FromMinutes(12), Connect = TimeSpan.FromSeconds(20) }, Of(set, new RelayRow { Host = "relay.test", HelloName = "mail.test" }).Timeouts);
    }

    [Fact]
    public async Task A_time_out_that_cannot_be_meant_is_refused_at_the_start()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite, settings: s => s["Delivery:Timeouts:Dot"] = "00:00:00");
        Assert.Contains("Dot", Assert.Throws<OptionsValidationException>(() => world.Services.GetRequiredService<IOptions<DeliveryOptions>>().Value).Message);
    }

    [Fact]
    public async Task What_a_row_says_of_certificates_and_log_in_reaches_the_client()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var secrets = world.Services.GetRequiredService<PublicationSecrets>();
        var pem = TestCertificate.Authority.ExportCertificatePem();
        var row = new RelayRow { Host = "relay.test", Port = 465, Security = RelaySecurity.Implicit, HelloName = "mail.test", UserName = "news", Password = secrets.WrapPassword("geheim"), AnyCertificate = true, Authorities = $"{pem}\n{pem}" };
        var endpoint = Of(world, row);
        Assert.Equal((SmtpSecurity.Implicit, true, 2), (endpoint.Security, endpoint.AllowUntrustedCertificate, endpoint.Authorities.Count));
        Assert.Equal(new SmtpCredential.Password("news", "geheim"), endpoint.Credential);
        (row.TokenUrl, row.ClientId) = ("https://login.example.test/token", "c1");
        Assert.IsType<SmtpCredential.Bearer>(Of(world, row).Credential);
        row.UserName = null;
        Assert.Null(Of(world, row).Credential);
    }

    [Theory]
    [InlineData("no PEM at all", "-----BEGIN CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "cannot be read")]
    public void A_certificate_that_is_none_is_told(string pem, string why) => Assert.Contains(why, Assert.Throws<ArgumentException>(() => RelayEndpoints.ReadAuthorities(pem)).Message);

    private static SmtpEndpoint Of(World world, RelayRow row) => world.Services.GetRequiredService<RelayEndpoints>().Of(row);
}
