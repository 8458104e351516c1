using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Tests.Rendering;

public sealed class WordingTests
{
    [Theory]
    [InlineData("en", "2026-06", "June 2026")]
    [InlineData("de", "2026-03", "März 2026")]
    [InlineData("fr", "2026-08", "août 2026")]
    [InlineData("en", "2026", "2026")]
    [InlineData("en-GB", "2026-06-18", "18 June 2026")]
    [InlineData("de", "2026-06-18", "18. Juni 2026")]
    [InlineData("xx-unknown", "2026-06", "June 2026")]
    public void A_period_is_said_in_the_issues_language(string lang, string period, string words) =>
        Assert.Equal(words, Assert.IsType<Period>(Period.Find(period)).In(Language.Of(lang)));

    [Theory]
    [InlineData("2026-13")]
    [InlineData("June")]
    [InlineData(null)]
    public void What_is_no_period_is_none(string? text) => Assert.Null(Period.Find(text));

    [Theory]
    [InlineData("Harbor Brief | {month} {year}", "2026-06", 41, "Harbor Brief | June 2026")]
    [InlineData("{name} no. {number}", "2026-06", 41, "Harbor Brief no. 41")]
    [InlineData("{name} | {month} {year}", null, null, "Harbor Brief")]
    [InlineData("{name} {other}", null, null, "Harbor Brief {other}")]
    public void A_title_comes_from_the_publications_pattern(string pattern, string? period, int? number, string title)
    {
        var publication = new Publication { Name = "Harbor Brief", Title = pattern };
        Assert.Equal(title, Pattern.TitleOf(new Issue { Period = period, Number = number }, publication, Language.Of("en")));
    }

    [Theory]
    [InlineData("Harbor Brief | June 2026", "June 2026")]
    [InlineData("Harbor Brief", "May 2026")]
    [InlineData("Harbor Briefing", null)]
    [InlineData("The quiet summit", null)]
    public void The_name_is_not_said_twice(string title, string? rest) => Assert.Equal(rest, Pattern.AfterName(title, "Harbor Brief", "May 2026"));

    [Theory]
    [InlineData("de", "2026-06-18 17:00", "2026-06-18 18:30", "America/New_York", "Donnerstag, 18. Juni 2026, 17:00–18:30 (New York, UTC−4)")]
    [InlineData("de", "2026-12-18 17:00", null, "Asia/Kolkata", "Freitag, 18. Dezember 2026, 17:00 (Kolkata, UTC+5:30)")]
    [InlineData("de", "2026-06-18 17:00", null, "Etc/UTC", "Donnerstag, 18. Juni 2026, 17:00 (UTC)")]
    [InlineData("de", "2026-06-18", "2026-06-20", "Europe/Berlin", "Donnerstag, 18. Juni 2026 – Samstag, 20. Juni 2026")]
    [InlineData("en", "2026-06-18 17:00", null, "America/New_York", "Thursday, June 18, 2026, 5:00 PM (New York, UTC−4)")]
    [InlineData("en", "in the spring", null, null, "in the spring")]
    public void An_event_is_told_in_local_time_with_its_zone(string lang, string starts, string? ends, string? zone, string words) =>
        Assert.Equal(words, EventTime.In(Language.Of(lang), starts, ends, zone));

    [Theory]
    [InlineData("ar", "rtl")]
    [InlineData("he-IL", "rtl")]
    [InlineData("pa-Arab", "rtl")]
    [InlineData("de", "ltr")]
    public void A_language_knows_its_direction(string lang, string direction) => Assert.Equal(direction, Language.Of(lang).Direction);

    [Theory]
    [InlineData(null, "http://localhost:5080", "http://localhost:5080/harbor", "http://localhost:5080")]
    [InlineData("https://news.example.test", "http://x", "https://news.example.test", "https://news.example.test")]
    [InlineData("https://example.test/harbor/", null, "https://example.test/harbor", "https://example.test")]
    [InlineData("https://harbor", null, "https://harbor", "https://harbor")]
    public void Public_pages_lie_at_the_publications_own_address(string? publicUrl, string? installation, string page, string root)
    {
        var address = PublicAddress.Of(new Publication { Slug = "harbor", PublicUrl = publicUrl }, installation);
        Assert.Equal((page, root, page + "/contact.vcf"), (address.Page, address.Root, address.At("contact.vcf")));
    }
}
