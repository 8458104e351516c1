using System.ComponentModel;
using System.Globalization;
using System.Text;
using CrankMailer.Audience;
using CrankMailer.Delivery;
using CrankMailer.Hosting;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using Microsoft.Extensions.Configuration;

namespace CrankMailer.Tests.Hosting;

public sealed class SettingsCheckTests
{
    [Theory]
    [InlineData("{\n  \"Delivery\": { \"LateAftr\": \"02:00:00\" }\n}", "appsettings.json(2,29): error: there is no setting \"Delivery:LateAftr\"; in Delivery there are BounceDomain, ")]
    [InlineData("{\n  \"Delivery\": {\n    \"LateAfter\": \"soon\" }\n}", "appsettings.json(3,18): error: Delivery:LateAfter is \"soon\", which is no length of time; write it as 00:05:00")]
    [InlineData("{ \"Delivery\": { \"ClaimBatch\": 0 } }", "appsettings.json(1,31): error: Delivery:ClaimBatch is 0; it must lie between 1 and 5000.")]
    [InlineData("{ \"Delivery\": { \"MailtoUnsubscribe\": \"perhaps\" } }", "appsettings.json(1,38): error: Delivery:MailtoUnsubscribe is \"perhaps\", which is no true or false.")]
    [InlineData("{ \"Delivery\": { \"ClaimBatch\": [1] } }", "appsettings.json(1,32): error: there is no setting \"Delivery:ClaimBatch:0\"; in Delivery there are ")]
    [InlineData("{ \"Delivery\": { \"Timeouts\": { \"Dat\": \"00:02:00\" } } }", "appsettings.json(1,38): error: there is no setting \"Delivery:Timeouts:Dat\"; in Delivery:Timeouts there are Block, Connect, Data, Dot, DotAfterCancel, Mail, Quit, Rcpt.")]
    [InlineData("{ \"Delivery\": { \"Timeouts\": { \"Data\": \"00:00:00\" } } }", "appsettings.json(1,39): error: Delivery:Timeouts:Data is 00:00:00; it must lie between 00:00:01 and 01:00:00.")]
    [InlineData("{ \"Delivery\": { \"Timeouts\": \"00:02:00\" } }", "appsettings.json(1,29): error: there is no setting \"Delivery:Timeouts\"; in Delivery there are ")]
    [InlineData("{ \"Deliver\": { \"A\": 1 } }", "appsettings.json(1,21): error: there is no section \"Deliver\"; there are AllowedHosts, Audience, Database, Delivery, Feedback, Kestrel, Logging, Proxies.")]
    [InlineData("{ \"Audience\": { \"Capture\": true } }", "appsettings.json(1,28): error: there is no setting \"Audience:Capture\"; in Audience there are ")]
    [InlineData("{ \"Proxies\": { \"Known\": \"10.0.0.7 10.0.0/8\" } }", "appsettings.json(1,25): error: Proxies:Known holds \"10.0.0/8\", which is neither an address (10.0.0.7) nor a network (10.0.0.0/8).")]
    [InlineData("{\n  \"Database\": {,}\n}", "appsettings.json(2,16): error: this is no JSON: ")]
    [InlineData("", "appsettings.json(1,1): error: this is no JSON: ")]
    public void A_wrong_setting_is_refused_with_its_place(string json, string problem) =>
        Assert.StartsWith(problem, Assert.Single(SettingsCheck.InFile(Encoding.UTF8.GetBytes(json), "appsettings.json")).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("{ // a comment\n \"Logging\": { \"LogLevel\": { \"Any.Thing\": \"Debug\" } }, \"Kestrel\": { \"Endpoints\": [ { \"Url\": \"x\" }, [1, [2]] ] }, \"Delivery\": { \"lateafter\": \"00:30:00\", \"BounceDomain\": null, }, }")]
    [InlineData("\uFEFF{ \"Proxies\": { \"Known\": \"10.0.0.7, 2001:db8::/32;::1\" }, \"Database\": { \"Postgres\": \"\" } }")]
    public void A_right_file_is_taken(string json) => Assert.Empty(SettingsCheck.InFile(Encoding.UTF8.GetBytes(json), "appsettings.json"));

    [Fact]
    public void A_wrong_variable_is_refused_by_its_name()
    {
        var refused = Assert.Throws<ProblemException>(() => SettingsCheck.Run(
            Path.GetTempPath(),
            [new("CRANKMAILER_Delivery__RelayRetry", "1 minute"), new("CRANKMAILER_DATA", "/x"), new("CRANKMAILER_CORPORA", "/y"), new("OTHER__X", "1"), new("CRANKMAILER_Audience__UndoDays", "7")]));
        Assert.StartsWith("CRANKMAILER_Delivery__RelayRetry: error: Delivery:RelayRetry is \"1 minute\"", Assert.Single(refused.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_beside_the_program_names_every_setting_with_its_default()
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();
        var missing = new List<string>();
        foreach (var (section, defaults) in new (string, object)[] { ("Delivery", new DeliveryOptions()), ("Delivery:Timeouts", new SmtpTimeouts()), ("Audience", new AudienceOptions()), ("Database", new DatabaseOptions()), ("Proxies", new ProxyOptions()) })
            foreach (PropertyDescriptor setting in TypeDescriptor.GetProperties(defaults))
            {
                if (!setting.IsBrowsable || setting.Name is nameof(DeliveryOptions.LinkBase) or nameof(DeliveryOptions.Timeouts)) continue; // the demonstration's own; a group
                var written = file.GetSection(section)[setting.Name];
                var wanted = Convert.ToString(setting.GetValue(defaults), CultureInfo.InvariantCulture) ?? "";
                if (!file.GetSection(section).GetChildren().Any(c => c.Key == setting.Name)) missing.Add($"{section}:{setting.Name} is not there");
                else if (!Same(setting.PropertyType, written ?? "", wanted)) missing.Add($"{section}:{setting.Name} is {written}, by default {wanted}");
            }
        Assert.Empty(missing);
    }

    private static bool Same(Type type, string a, string b) =>
        type == typeof(TimeSpan) ? TimeSpan.Parse(a, CultureInfo.InvariantCulture) == TimeSpan.Parse(b, CultureInfo.InvariantCulture) : a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
