namespace CrankMailer.Mjml.Attributes;

/// <summary>A number of lengths in given units, one space apart.</summary>
internal sealed record LengthType(string[] Units, int Least, int Most, bool Negative) : AttributeType
{
    internal override string? Refusal(string value)
    {
        if (Matches(value, 0))
        {
            return null;
        }

        var count = Most == Least ? $"{Least}" : $"{Least} to {Most}";
        return $"{value} for type Unit, only accepts ({string.Join(", ", Units)}) units and {count} value(s)";
    }

    private bool Matches(ReadOnlySpan<char> rest, int seen)
    {
        if (rest.Length == 0)
        {
            return seen >= Least;
        }

        return seen < Most && Item(rest) is > 0 and var length && Matches(AfterSpace(rest[length..]), seen + 1);
    }

    private static ReadOnlySpan<char> AfterSpace(ReadOnlySpan<char> rest) => rest is [' ', ..] ? rest[1..] : rest;

    // Length of the first item; 0 where there is none. A zero needs no unit, commas count as points (mjml is that lenient).
    private int Item(ReadOnlySpan<char> text)
    {
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] is '.' or ',' || (Negative && text[digits] == '-')))
        {
            digits++;
        }

        foreach (var unit in Units)
        {
            if (unit == "auto" ? digits == 0 && text.StartsWith(unit) : digits > 0 && unit.Length > 0 && text[digits..].StartsWith(unit))
            {
                return digits + unit.Length;
            }
        }

        return digits > 0 && Units.Contains("") ? digits : text is ['0', ..] ? 1 : 0;
    }
}
