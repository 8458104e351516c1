using System.Globalization;
using System.Text;

namespace CrankMailer.Scriban.Values;

/// <summary>The escape sequences of a string literal.</summary>
internal static class Escapes
{
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 2);
        foreach (var c in text)
        {
            var sequence = c switch
            {
                '\\' => @"\\",
                '"' => "\\\"",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\b' => @"\b",
                '\f' => @"\f",
                '\v' => @"\v",
                '\0' => @"\0",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $@"\x{(int)c:x2}"),
                _ => null,
            };
            if (sequence is null) result.Append(c);
            else result.Append(sequence);
        }
        return result.ToString();
    }
}
