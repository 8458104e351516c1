namespace CrankMailer.Audience.Export;

/// <summary>A cell as RFC 4180 writes it, which no spreadsheet takes for a formula (R171).</summary>
internal static class CsvCell
{
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny("\",\r\n\t") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
