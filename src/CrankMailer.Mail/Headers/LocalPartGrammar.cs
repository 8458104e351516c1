using System.Buffers;
using System.Globalization;
using System.Text;

namespace CrankMailer.Mail.Headers;

/// <summary>RFC 5321 4.1.2 with RFC 6531 3.3: dot-string or quoted-string.</summary>
internal static class LocalPartGrammar
{
    private static readonly SearchValues<char> Atext = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~");

    public static string? FindProblem(string local)
    {
        if (local.Length == 0) return "There is nothing before the @.";
        if (HeaderText.HasControl(local)) return "The part before the @ holds a control character.";
        if (Encoding.UTF8.GetByteCount(local) > EmailAddress.MaxLocalPart)
            return $"The part before the @ is longer than {EmailAddress.MaxLocalPart} octets.";
        return local[0] == '"' ? FindQuotedProblem(local) : FindDotStringProblem(local);
    }

    /// <summary>The left side of a Message-ID has the grammar of a dot-string but not its length limit.</summary>
    public static string? FindLeftProblem(string left) => FindDotStringProblem(left);

    private static string? FindDotStringProblem(string local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
            return "A dot may not stand first, last or twice in a row before the @.";
        foreach (var rune in local.EnumerateRunes())
        {
            if (rune.IsAscii ? rune.Value == '.' || Atext.Contains((char)rune.Value) : IsLetterLike(rune)) continue;
            return $"The character U+{rune.Value:X4} may not stand before the @.";
        }
        return null;
    }

    private static string? FindQuotedProblem(string local)
    {
        if (local.Length < 2 || local[^1] != '"') return "The quoted part before the @ is not closed.";
        for (var i = 1; i < local.Length - 1; i++)
        {
            if (local[i] == '"') return "A quote inside the quoted part before the @ is not escaped.";
            if (local[i] == '\t' || (local[i] == '\\' && ++i == local.Length - 1)) return "The quoted part before the @ is malformed.";
        }
        return null;
    }

    // Space-like and invisible characters (zero-width space, byte order mark, ideographic space) only serve look-alikes.
    private static bool IsLetterLike(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
