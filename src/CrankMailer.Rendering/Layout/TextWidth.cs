using System.Globalization;
using System.Text;
using CrankMailer.Rendering.Prose;

namespace CrankMailer.Rendering.Layout;

/// <summary>How many columns a text takes in a fixed-width font: two for wide East Asian characters and emoji, none for combining marks.</summary>
internal static class TextWidth
{
    /// <summary>What a personal value is taken to be wide; nobody knows before phase 2.</summary>
    public const int Hole = 12;

    // Unicode TR 11, the ranges of East_Asian_Width=W and F that occur in running text.
    private static readonly (int From, int To)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xA960, 0xA97C),
        (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF),
        (0x1F900, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    public static int Of(ReadOnlySpan<char> text)
    {
        var width = 0;
        var inHole = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == Markers.HoleStart) { inHole = true; width += Hole; }
            else if (inHole) inHole = !(rune.IsBmp && Markers.IsHoleEnd((char)rune.Value));
            else width += Of(rune);
        }
        return width;
    }

    public static int Of(Rune rune)
    {
        if (rune.Value < 0x300) return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format) return 0;
        return IsWide(rune) ? 2 : 1;
    }

    public static bool IsWide(Rune rune)
    {
        if (rune.Value < 0x1100) return false;
        foreach (var (from, to) in Wide)
            if (rune.Value >= from && rune.Value <= to) return true;
        return false;
    }
}
