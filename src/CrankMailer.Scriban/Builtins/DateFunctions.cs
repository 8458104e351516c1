using System.Globalization;
using CrankMailer.Scriban.Values;
using static CrankMailer.Scriban.Values.BuiltinParameter;

namespace CrankMailer.Scriban.Builtins;

/// <summary>The <c>date</c> module.</summary>
internal static class DateFunctions
{
    public const string DefaultFormat = "%d %b %Y";

    public static ScriptObject Create()
    {
        var module = new ScriptObject();
        module.Set("format", DefaultFormat);
        module.Set("default_format", DefaultFormat);
        module.Add("now", c => c.Evaluator.Options.Time.GetLocalNow().DateTime);
        module.Add("parse", Parse, Text("text"), Text("pattern").Or(null), Text("culture").Or(null));
        module.Add("parse_to_string", ParseToString, Text("text"), Text("output_pattern").Or(null), Text("output_culture").Or(null),
            Text("input_pattern").Or(null), Text("input_culture").Or(null));
        module.Add("to_string", ToText, Date("datetime"), Text("pattern").Or(null), Text("culture").Or(null));
        AddArithmetic(module);
        return module;
    }

    private static void AddArithmetic(ScriptObject module)
    {
        module.Add("add_days", c => Add(c, (d, n) => d.AddDays(n)), Date("date"), Double("days"));
        module.Add("add_months", c => Add(c, (d, n) => d.AddMonths(checked((int)n))), Date("date"), Int("months"));
        module.Add("add_years", c => Add(c, (d, n) => d.AddYears(checked((int)n))), Date("date"), Int("years"));
        module.Add("add_hours", c => Add(c, (d, n) => d.AddHours(n)), Date("date"), Double("hours"));
        module.Add("add_minutes", c => Add(c, (d, n) => d.AddMinutes(n)), Date("date"), Double("minutes"));
        module.Add("add_seconds", c => Add(c, (d, n) => d.AddSeconds(n)), Date("date"), Double("seconds"));
        module.Add("add_milliseconds", c => Add(c, (d, n) => d.AddMilliseconds(n)), Date("date"), Double("millis"));
    }

    private static object? Add(BuiltinCall call, Func<DateTime, double, DateTime> add)
    {
        if (call.Date(0) is not { } date) return null;
        try
        {
            return add(date, call.Any(1) is int whole ? whole : call.Double(1));
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw call.Error("The date is out of range.");
        }
    }

    private static object? Parse(BuiltinCall call) => Parse(call, call.Text(0), call.Text(1), CultureOf(call, 2));

    /// <summary>Null for nothing to parse; the zero date for what is none, as Scriban has it.</summary>
    private static DateTime? Parse(BuiltinCall call, string? text, string? pattern, CultureInfo culture)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (!string.IsNullOrEmpty(pattern)) return DatePattern.Parse(call, text, pattern, culture);
        // A time with a zone becomes UTC, never the zone of the machine, so that every machine gives the same.
        return DateTime.TryParse(text, culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : default;
    }

    private static string? ParseToString(BuiltinCall call)
    {
        if (Parse(call, call.Text(0), call.Text(3), CultureOf(call, 4)) is not { } date) return null;
        return Print(call, date, call.Text(1), CultureOf(call, 2));
    }

    private static string? ToText(BuiltinCall call) =>
        call.Date(0) is { } date ? Print(call, date, call.Text(1), CultureOf(call, 2)) : null;

    private static string Print(BuiltinCall call, DateTime date, string? pattern, CultureInfo culture) => pattern is null
        ? call.Evaluator.FormatDate(date, call.Site.Span)
        : DateFormat.Format(date, pattern, culture, call.Evaluator.Budget, call.Site.Span);

    private static CultureInfo CultureOf(BuiltinCall call, int argument) =>
        call.Text(argument) is { Length: > 0 } name ? Cultures.Find(name, call) : call.Evaluator.Culture;
}
