using CrankMailer.Scriban.Values;
using static CrankMailer.Scriban.Values.BuiltinParameter;

namespace CrankMailer.Scriban.Builtins;

/// <summary>The <c>timespan</c> module.</summary>
internal static class TimeSpanFunctions
{
    public static ScriptObject Create()
    {
        var module = new ScriptObject();
        module.Set("zero", TimeSpan.Zero);
        module.Add("from_days", c => From(c, TimeSpan.TicksPerDay), Double("days"));
        module.Add("from_hours", c => From(c, TimeSpan.TicksPerHour), Double("hours"));
        module.Add("from_minutes", c => From(c, TimeSpan.TicksPerMinute), Double("minutes"));
        module.Add("from_seconds", c => From(c, TimeSpan.TicksPerSecond), Double("seconds"));
        module.Add("from_milliseconds", c => From(c, TimeSpan.TicksPerMillisecond), Double("millis"));
        module.Add("parse", Parse, Text("text"));
        return module;
    }

    private static object From(BuiltinCall call, long ticks)
    {
        var total = call.Double(0) * ticks;
        if (!(Math.Abs(total) < TimeSpan.MaxValue.Ticks)) throw call.Error("The time span is out of range");
        return TimeSpan.FromTicks((long)Math.Round(total));
    }

    private static object Parse(BuiltinCall call) =>
        TimeSpan.TryParse(call.Text(0), call.Evaluator.Culture, out var time) ? time : throw call.Error($"Unable to parse `{call.Text(0)}` as a timespan");
}
