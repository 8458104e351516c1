using System.Text;

namespace CrankMailer.Model;

/// <summary>
/// Finds letters of one script posing as another's: the mixtures that UTS 39 section 5.2 calls less than "highly restrictive",
/// and characters that are not their own NFKC form (full-width Latin).
/// </summary>
internal static class Scripts
{
    private enum Script { Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Indic, Thai, Georgian, Hangul, Kana, Bopomofo, Han, Ethiopic, Cherokee, Other }

    // First and last code point of the blocks that hold a script's letters; anything else that is a letter counts as one script, Other.
    private static readonly (int First, int Last, Script Script)[] Blocks =
    [
        (0x0041, 0x024F, Script.Latin), (0x0250, 0x02AF, Script.Latin), (0x0370, 0x03FF, Script.Greek), (0x0400, 0x052F, Script.Cyrillic),
        (0x0531, 0x058F, Script.Armenian), (0x0591, 0x05F4, Script.Hebrew), (0x0600, 0x06FF, Script.Arabic), (0x0750, 0x077F, Script.Arabic),
        (0x0900, 0x0DFF, Script.Indic), (0x0E01, 0x0E7F, Script.Thai), (0x10A0, 0x10FF, Script.Georgian), (0x1100, 0x11FF, Script.Hangul),
        (0x1200, 0x139F, Script.Ethiopic), (0x13A0, 0x13FF, Script.Cherokee), (0x1C80, 0x1C8F, Script.Cyrillic), (0x1E00, 0x1EFF, Script.Latin),
        (0x1F00, 0x1FFF, Script.Greek), (0x2C60, 0x2C7F, Script.Latin), (0x2DE0, 0x2DFF, Script.Cyrillic), (0x3005, 0x3007, Script.Han),
        (0x3041, 0x30FF, Script.Kana), (0x3105, 0x312F, Script.Bopomofo), (0x3130, 0x318F, Script.Hangul), (0x3400, 0x4DBF, Script.Han),
        (0x4E00, 0x9FFF, Script.Han), (0xA640, 0xA69F, Script.Cyrillic), (0xA720, 0xA7FF, Script.Latin), (0xAC00, 0xD7FB, Script.Hangul),
        (0x20000, 0x323AF, Script.Han),
    ];

    // UTS 39 section 5.2, "highly restrictive": the writing of Japanese, Korean and Chinese lawfully mixes these.
    private static readonly Script[][] Mixtures =
        [[Script.Latin, Script.Han, Script.Kana], [Script.Latin, Script.Han, Script.Hangul], [Script.Latin, Script.Han, Script.Bopomofo]];

    public static bool LooksMixed(string text)
    {
        if (Ascii.IsValid(text)) return false;
        if (!text.IsNormalized(NormalizationForm.FormKC)) return true;
        var found = new HashSet<Script>();
        foreach (var rune in text.EnumerateRunes())
            if (Rune.IsLetter(rune)) found.Add(ScriptOf(rune));
        return found.Count > 1 && !Mixtures.Any(mixture => found.IsSubsetOf(mixture));
    }

    private static Script ScriptOf(Rune rune)
    {
        foreach (var (first, last, script) in Blocks)
            if (rune.Value >= first && rune.Value <= last) return script;
        return Script.Other;
    }
}
