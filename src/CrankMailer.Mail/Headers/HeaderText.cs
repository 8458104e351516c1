using System.Text;

namespace CrankMailer.Mail.Headers;

/// <summary>What may stand in header text, as characters and as UTF-8.</summary>
internal static class HeaderText
{
    /// <summary>C0 but TAB, DEL, C1, and the Unicode line separators, which some receivers turn into line ends.</summary>
    public static bool HasControl(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (IsForbidden(c)) return true;
        return !IsWellFormed(text);
    }

    public static string Clean(string text)
    {
        if (!HasControl(text)) return text;
        var clean = new StringBuilder(text.Length);
        var pending = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && IsForbidden((char)rune.Value)) { pending = true; continue; }
            if (pending && clean.Length > 0) clean.Append(' ');
            pending = false;
            clean.Append(rune.ToString());
        }
        return clean.ToString();
    }

    /// <summary>No more than this many octets as UTF-8, ending with a whole character.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most / 3 || Encoding.UTF8.GetByteCount(text) <= most) return text;
        var (kept, octets) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((octets += rune.Utf8SequenceLength) > most) break;
            kept += rune.Utf16SequenceLength;
        }
        return text[..kept];
    }

    public static bool IsPrintableAscii(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    public static bool IsVisibleAscii(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    private static bool IsForbidden(char c) => (c < ' ' && c != '\t') || c is >= '\u007f' and <= '\u009f' or '\u2028' or '\u2029';

    // An unpaired surrogate has no UTF-8 form.
    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
