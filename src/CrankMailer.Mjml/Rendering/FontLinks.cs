namespace CrankMailer.Mjml.Rendering;

/// <summary>Finds which of the known fonts a document names in a style.</summary>
internal static class FontLinks
{
    private const string Property = "font-family:";

    /// <summary>Style sheets of the fonts in use, in the order in which the fonts are known.</summary>
    public static List<string> Find(ReadOnlySpan<char> body, IReadOnlyList<string> inlineStyles, IReadOnlyDictionary<string, string> fonts)
    {
        var used = new HashSet<string>();
        Collect(body, "\"", fonts, used);
        foreach (var style in inlineStyles)
        {
            Collect(style, ";}", fonts, used);
        }

        return fonts.Where(f => used.Contains(f.Key)).Select(f => f.Value).ToList();
    }

    private static void Collect(ReadOnlySpan<char> text, ReadOnlySpan<char> ends, IReadOnlyDictionary<string, string> fonts, HashSet<string> used)
    {
        ReadOnlySpan<char> last = default;
        while (text.IndexOf(Property, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
        {
            text = text[(at + Property.Length)..];
            var end = text.IndexOfAny(ends);
            if (end < 0)
            {
                return;
            }

            var value = text[..end];
            if (!value.SequenceEqual(last))
            {
                last = value;
                CollectFrom(value, fonts, used);
            }
        }
    }

    private static void CollectFrom(ReadOnlySpan<char> value, IReadOnlyDictionary<string, string> fonts, HashSet<string> used)
    {
        foreach (var (name, _) in fonts)
        {
            if (!used.Contains(name) && value.Contains(name, StringComparison.OrdinalIgnoreCase))
            {
                used.Add(name);
            }
        }
    }
}
