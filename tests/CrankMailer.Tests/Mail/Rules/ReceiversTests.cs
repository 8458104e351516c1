using CrankMailer.Mail.Rules;

namespace CrankMailer.Tests.Mail.Rules;

public sealed class ReceiversTests
{
    [Theory]
    [InlineData("gmail-smtp-in.l.google.com.", "google")]
    [InlineData("example-org.mail.protection.outlook.com", "microsoft")]
    [InlineData("mta5.am0.yahoodns.net", "yahoo")]
    [InlineData("mx01.mail.icloud.com", "apple")]
    [InlineData("mx00.gmx.net", "gmx")]
    [InlineData("mx.notgoogle.com", "other")]
    [InlineData("com", "other")]
    [InlineData("", "other")]
    public void An_MX_host_names_its_receiver(string host, string name) => Assert.Equal(name, Receivers.Default.FindByMx(host).Name);

    [Theory]
    [InlineData("GMail.com", "google")]
    [InlineData("outlook.com", "microsoft")]
    [InlineData("web.de", "gmx")]
    [InlineData("example.org", "other")]
    public void A_well_known_domain_names_its_receiver(string domain, string name) => Assert.Equal(name, Receivers.Default.FindByDomain(domain).Name);

    [Fact]
    public void A_bad_line_is_named() =>
        Assert.StartsWith("r.tsv(2,1): error:", Assert.Throws<FormatException>(() => Receivers.Parse(new StringReader("# x\ngoogle\t5\n"), "r.tsv")).Message);
}
