using CrankMailer.Rendering.Layout;

namespace CrankMailer.Rendering.Prose;

/// <summary>A table in plain text: aligned columns where they fit the line, else a block of "heading: value" for each row.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <param name="rows">Cells by row; the first row holds the headings.</param>
    /// <param name="right">Numbers of the columns set to the right.</param>
    public static string Write(IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlySet<int> right)
    {
        if (rows.Count == 0) return "";
        var columns = rows.Max(r => r.Count);
        var widths = Enumerable.Range(0, columns).Select(c => rows.Max(r => c < r.Count ? TextWidth.Of(r[c]) : 0)).ToArray();
        return widths.Sum() + Gap.Length * (columns - 1) <= TextLayout.Width ? Columns(rows, widths, right) : Blocks(rows);
    }

    private static string Columns(IReadOnlyList<IReadOnlyList<string>> rows, int[] widths, IReadOnlySet<int> right)
    {
        var rule = string.Join(Gap, widths.Select(w => new string('-', Math.Max(1, w))));
        var lines = rows.Select(row => string.Join(Gap, row.Select((cell, c) => Cell(cell, widths[c], right.Contains(c)))).TrimEnd()).ToList();
        lines.Insert(1, rule);
        return string.Join('\n', lines).Replace(' ', Markers.HardSpace);
    }

    private static string Cell(string text, int width, bool toTheRight)
    {
        var gap = new string(' ', width - TextWidth.Of(text));
        return toTheRight ? gap + text : text + gap;
    }

    private static string Blocks(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var heads = rows[0];
        var blocks = rows.Skip(1).Select(row => string.Join('\n', row.Select((cell, c) =>
            c < heads.Count && heads[c].Length > 0 ? $"{heads[c]}: {cell}" : cell)));
        return rows.Count == 1 ? string.Join('\n', heads) : string.Join("\n\n", blocks);
    }
}
