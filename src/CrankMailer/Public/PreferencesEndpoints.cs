using System.Globalization;
using CrankMailer.Audience;
using CrankMailer.Model.Publications;

namespace CrankMailer.Public;

/// <summary><c>/preferences/{token}</c>: lists and a pause, by the link of any mail.</summary>
internal static class PreferencesEndpoints
{
    private const string Day = "yyyy-MM-dd";

    public static void MapPreferences(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/preferences/{token}", Verbs.Read, (string token, Preferences preferences, Pages pages, TimeProvider clock, CancellationToken ct) =>
            ShowAsync(token, null, preferences, pages, clock, ct));
        app.MapPost("/preferences/{token}", Save).WithMetadata(new FormLimit()).DisableAntiforgery();
    }

    private static async Task<IResult> Save(string token, HttpContext http, Preferences preferences, Pages pages, TimeProvider clock, CancellationToken ct)
    {
        if (await preferences.LookAsync(token, ct) is not { } page) return pages.NotFound();
        if (await PublicForm.ReadAsync(http) is not { } form) return pages.Unreadable();
        var text = form["pause"] == "until" ? form["until"] ?? "" : null;
        var until = text is null ? null : StartOf(text, await pages.GetAsync(page.PublicationId));
        if (text is not null && until is null) return await ShowAsync(token, PreferencesSaved.BadDate, preferences, pages, clock, ct);
        var choice = new PreferencesChoice(form["all"] is null ? form.All("list") : [], until, null);
        var saved = await preferences.SaveAsync(token, choice, PublicForm.VisitOf(http, "link"), ct);
        return await ShowAsync(token, saved, preferences, pages, clock, ct);
    }

    private static async Task<IResult> ShowAsync(string token, PreferencesSaved? saved, Preferences preferences, Pages pages, TimeProvider clock, CancellationToken ct)
    {
        if (await preferences.LookAsync(token, ct) is not { } page) return pages.NotFound();
        var row = await pages.GetAsync(page.PublicationId);
        var model = new
        {
            token, lists = page.Lists.Select(l => new { slug = l.Slug, name = l.Name, description = l.Description, on = l.On }).ToList(),
            paused = page.PausedUntil is not null, until = LocalDay(page.PausedUntil ?? clock.GetUtcNow().AddDays(30), row),
            earliest = LocalDay(clock.GetUtcNow().AddDays(1), row), latest = LocalDay(clock.GetUtcNow().AddDays(365), row),
            saved = saved is PreferencesSaved.Saved, mailed = saved is PreferencesSaved.LookIntoYourMail, bad_date = saved is PreferencesSaved.BadDate,
        };
        return pages.Show("preferences", row, model, new Dictionary<string, string> { ["address"] = page.Masked }, saved is PreferencesSaved.BadDate ? 422 : 200);
    }

    // The day begins where the publication lives.
    private static DateTimeOffset? StartOf(string text, PublicationRow row)
    {
        if (!DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year is < 2000 or > 2200) return null;
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, ZoneOf(row).GetUtcOffset(local)).ToUniversalTime();
    }

    private static string LocalDay(DateTimeOffset at, PublicationRow row) => TimeZoneInfo.ConvertTime(at, ZoneOf(row)).ToString(Day, CultureInfo.InvariantCulture);

    private static TimeZoneInfo ZoneOf(PublicationRow row) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(row.Document.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
