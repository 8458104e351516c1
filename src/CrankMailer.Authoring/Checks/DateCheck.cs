using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Authoring.Checks;

/// <summary>Dates are put into words in the reader's language, so each must be one: what is none would be printed as it was typed.</summary>
internal sealed class DateCheck : IssueCheck
{
    private const string Code = "bad-date";

    public override IEnumerable<Problem> Run(CheckInput input)
    {
        if (input.Issue.Period is { Length: > 0 } period && !IssueDates.IsPeriod(period))
            yield return Error(Code, "period", $"“{period}” is no period: write a year, a month or a day, such as 2026, 2026-06 or 2026-06-18.");
        for (var i = 0; i < input.Issue.Sections.Count; i++)
            if (input.Issue.Sections[i] is EventsSection events)
                for (var e = 0; e < events.Items.Count; e++)
                    foreach (var problem in OfEvent(events.Items[e], $"sections[{i}].items[{e}]")) yield return problem;
    }

    private static IEnumerable<Problem> OfEvent(IssueEvent item, string path)
    {
        var (starts, ends) = (Given(item.Starts), Given(item.Ends));
        var good = true;
        foreach (var (field, text) in new[] { ("starts", starts), ("ends", ends) })
        {
            if (text is null || IssueDates.IsDayOrTime(text)) continue;
            good = false;
            yield return Error(Code, $"{path}.{field}", $"“{text}” is no date: write a day, or a day and a time, such as 2026-06-18 or 2026-06-18 17:00.");
        }
        if (good && ends is not null && starts is null)
            yield return Error(Code, $"{path}.starts", "The event ends and never begins: write when it begins.");
        if (good && starts is not null && ends is not null && !IssueDates.FitTogether(starts, ends))
            yield return Error(Code, $"{path}.ends", $"The end ({ends}) does not fit the beginning ({starts}): it must not lie before it, and both are days or both have a time.");
        if (Given(item.Zone) is { } zone && !IssueDates.IsZone(zone))
            yield return Error(Code, $"{path}.zone", $"“{zone}” is no time zone: take its IANA name, such as Europe/Vienna.");
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
