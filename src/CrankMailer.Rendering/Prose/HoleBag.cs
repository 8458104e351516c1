using System.Globalization;
using System.Text;

namespace CrankMailer.Rendering.Prose;

/// <summary>A personal hole an editor wrote, and where.</summary>
/// <param name="Code">What stands between the braces.</param>
internal sealed record EditorHole(string Code, Place Place);

/// <summary>Where an editor's hole stands in a final text: from Start up to, not including, End.</summary>
internal sealed record HoleSpan(int Start, int End, EditorHole Hole);

/// <summary>
/// The personal holes of one rendering. They are lifted out of block Markdown before it is parsed, since Markdown would read the
/// quotes, stars and underscores in them, and put back when the final text stands (design §6).
/// </summary>
internal sealed class HoleBag
{
    private readonly List<EditorHole> holes = [];

    public IReadOnlyList<EditorHole> Holes => holes;

    /// <summary>The text with each <c>{{ … }}</c> replaced by a marker. An escaped brace, and one that never closes, stays text.</summary>
    public string Lift(string markdown, Place place)
    {
        if (!markdown.Contains("{{", StringComparison.Ordinal)) return markdown;
        var lifted = new StringBuilder(markdown.Length);
        for (var i = 0; i < markdown.Length; i++)
        {
            if (markdown[i] == '\\' && i + 1 < markdown.Length) { lifted.Append(markdown[i]).Append(markdown[++i]); continue; }
            if (!StartsHole(markdown, i) || EndOfHole(markdown, i + 2) is not { } end) { lifted.Append(markdown[i]); continue; }
            lifted.Append(Markers.HoleStart).Append(holes.Count).Append(Markers.HoleEnd);
            holes.Add(new EditorHole(markdown[(i + 2)..end].Trim(), place));
            i = end + 1;
        }
        return lifted.ToString();
    }

    /// <summary>The final text, its markers replaced by the holes' code.</summary>
    /// <param name="text">Text with markers.</param>
    /// <param name="spans">Where given, is told where each hole now stands.</param>
    public string PutBack(string text, List<HoleSpan>? spans = null)
    {
        if (!text.Contains(Markers.HoleStart)) return text;
        var whole = new StringBuilder(text.Length + 64);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != Markers.HoleStart || EndOfMarker(text, i) is not { } end) { whole.Append(text[i]); continue; }
            var hole = holes[int.Parse(text.AsSpan(i + 1, end - i - 1), CultureInfo.InvariantCulture)];
            var code = text[end] == Markers.AttributeHoleEnd ? hole.Code.Replace('"', '\'') : hole.Code;
            var start = whole.Length;
            whole.Append("{{ ").Append(code).Append(" }}");
            spans?.Add(new HoleSpan(start, whole.Length, hole));
            i = end;
        }
        return whole.ToString();
    }

    /// <summary>The hole whose marker starts at <paramref name="at"/>; null where there is none.</summary>
    public EditorHole? Find(string text, int at) =>
        text[at] == Markers.HoleStart && EndOfMarker(text, at) is { } end
        && int.TryParse(text.AsSpan(at + 1, end - at - 1), out var number) && number < holes.Count ? holes[number] : null;

    private static bool StartsHole(string text, int at) => text[at] == '{' && at + 1 < text.Length && text[at + 1] == '{';

    // The first "}}" outside a string literal; a hole does not run past its paragraph.
    private static int? EndOfHole(string text, int from)
    {
        var quote = '\0';
        for (var i = from; i < text.Length; i++)
        {
            if (quote != '\0') { if (text[i] == quote) quote = '\0'; }
            else if (text[i] is '"' or '\'') quote = text[i];
            else if (text[i] == '}' && i + 1 < text.Length && text[i + 1] == '}') return i;
            if (text[i] == '\n') return null;
        }
        return null;
    }

    private static int? EndOfMarker(string text, int at)
    {
        for (var i = at + 1; i < text.Length && i < at + 8; i++)
        {
            if (Markers.IsHoleEnd(text[i])) return i;
            if (!char.IsAsciiDigit(text[i])) return null;
        }
        return null;
    }
}
