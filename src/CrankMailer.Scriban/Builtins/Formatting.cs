using System.Globalization;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Builtins;

/// <summary>.NET format strings for <c>math.format</c> and <c>object.format</c>.</summary>
internal static class Formatting
{
    /// <summary>More digits than any number has; a larger precision only costs memory.</summary>
    private const int MaxPrecision = 200;

    public static object? Format(BuiltinCall call, object? value)
    {
        if (value is null) return "";
        var format = call.Text(1) ?? "";
        var culture = call.Text(2) is { } name ? Cultures.Find(name, call) : call.Evaluator.Culture;
        if (value is not IFormattable formattable) throw call.Error($"Unexpected `{TypeNames.Of(value)}`. Must be a formattable object");
        if (format.Length > 1 && char.IsAsciiLetter(format[0]) && int.TryParse(format.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var precision)
            && precision > MaxPrecision)
            throw call.Error($"The format `{format}` asks for more than {MaxPrecision} digits");
        try
        {
            return formattable.ToString(format, culture);
        }
        catch (FormatException)
        {
            throw call.Error($"The format `{format}` does not fit a value of type `{TypeNames.Of(value)}`");
        }
    }
}

internal static class Cultures
{
    /// <summary>The culture of that name; an unknown name is an error.</summary>
    public static CultureInfo Find(string name, BuiltinCall call)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            throw call.Error($"The culture `{name}` is not known");
        }
    }
}
