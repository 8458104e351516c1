using System.Text;
using System.Text.Json;
using CrankMailer.Commands;
using CrankMailer.Feedback.Reading;

namespace CrankMailer.Tests.Feedback;

public sealed class BounceReaderTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Feedback", "cases", "reports");

    public static TheoryData<string> Cases => [.. Directory.GetFiles(Folder, "*.eml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Each mail beside its <c>.expect.json</c>: a report for each object, equal in the fields it names.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void A_mail_reports_what_is_expected_of_it(string name)
    {
        var raw = File.ReadAllBytes(Path.Combine(Folder, name + ".eml"));
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".expect.json")));
        // Mails come with CRLF from a server, with LF from a pipe, with CR from an old archive.
        foreach (var lineEnd in new[] { "\n", "\r\n", "\r" })
        {
            var turned = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(raw).Replace("\n", lineEnd));
            AssertReports(expected.RootElement, BounceReader.Read(turned));
        }
    }

    [Fact]
    public void Our_token_is_found_in_the_envelope_first_then_in_the_headers_then_in_the_copy()
    {
        const string mail = "To: bounce+bbbbbbbbbbbbbbbbbbbbbbbbbbb@news.test\nSubject: failure notice\nFrom: MAILER-DAEMON@x.test\n\n<reader@pier.test>:\n550 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <bounce+ccccccccccccccccccccccccccc@news.test>\nX-Recipient: ddddddddddddddddddddddddddd\n";
        var report = Assert.Single(BounceReader.Read(Encoding.ASCII.GetBytes(mail), "bounce+aaaaaaaaaaaaaaaaaaaaaaaaaaa@news.test"));
        Assert.Equal(["a", "b", "c", "d"], report.Traces.Select(trace => trace[..1]));
    }

    [Fact]
    public void Several_mails_in_one_file_all_count()
    {
        var one = "From MAILER-DAEMON Mon Jun  1 08:00:00 2026\nFrom: MAILER-DAEMON@x.test\nSubject: failure notice\n\n<{0}@pier.test>:\n550 5.1.1 no such user\n\n";
        var reports = BounceReader.Read(Encoding.ASCII.GetBytes(string.Format(one, "one") + string.Format(one, "two")));
        Assert.Equal(["one@pier.test", "two@pier.test"], reports.Select(report => report.Recipient));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("From ")]
    [InlineData("Content-Type: multipart/report; boundary=x\n\n--x\n--x\n--x--")]
    [InlineData("Content-Type: message/delivery-status\n\nFinal-Recipient:\nAction:\n")]
    [InlineData("{\"notificationType\":\"Bounce\",\"bounce\":null}")]
    [InlineData("Subject: x\n\n{\"Message\":\"{\",\"notificationType\":1}")]
    public void What_says_nothing_is_one_report_of_nothing(string mail) =>
        Assert.Equal(ReportReaction.Ignore, Assert.Single(BounceReader.Read(Encoding.UTF8.GetBytes(mail))).Reaction);

    private static void AssertReports(JsonElement expected, IReadOnlyList<CrankMailer.Feedback.Reading.Report> reports)
    {
        Assert.Equal(expected.GetArrayLength(), reports.Count);
        foreach (var (want, report) in expected.EnumerateArray().Zip(reports))
        {
            var line = BounceLine.Of("", report);
            var got = new Dictionary<string, string?>
            {
                ["kind"] = line.Kind, ["recipient"] = line.Recipient, ["original"] = report.Original, ["action"] = line.Action, ["status"] = line.Status, ["class"] = line.Class,
                ["react"] = line.React, ["reason"] = line.Reason,
            };
            foreach (var field in want.EnumerateObject()) Assert.Equal($"{field.Name} {field.Value.GetString()}", $"{field.Name} {got[field.Name]}");
        }
    }
}
