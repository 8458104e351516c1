using System.Text;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Mail.Headers;

/// <summary>Writes header fields as octets: folded at 78 columns where there is a space (R4), never inside a token or URI
/// (R5), anything beyond ASCII as encoded words (R6, R7).</summary>
internal static class HeaderWriter
{
    /// <summary>R4, without the line end.</summary>
    private const int FoldAt = 78;

    /// <summary>R3, without the line end, less a space for the fold.</summary>
    private const int MaxToken = 996;

    /// <summary>Free text, such as a subject: plain where it is printable ASCII, else encoded words. Runs of white space at
    /// fold points stay as they are; control characters must be gone already.</summary>
    public static void WriteText(MessageBuffer output, HeaderName name, ReadOnlySpan<byte> utf8)
    {
        var value = utf8.Trim(" \t"u8);
        var column = WriteName(output, name);
        if (HeaderText.IsPrintableAscii(value) && value.IndexOf("=?"u8) < 0 && LongestToken(value) <= MaxToken)
            WriteFolded(output, value, column);
        else
            EncodedWords.Write(output, value, column);
        EndLine(output);
    }

    /// <summary>Tokens, URIs and quoted strings parted by spaces: ASCII only, never encoded.</summary>
    public static void WriteTokens(MessageBuffer output, HeaderName name, ReadOnlySpan<byte> ascii)
    {
        var value = ascii.Trim((byte)' ');
        if (!HeaderText.IsPrintableAscii(value)) throw new ArgumentException($"The header {name} may hold printable ASCII only.", nameof(ascii));
        if (LongestToken(value) > MaxToken) throw new ArgumentException($"The header {name} holds a token longer than {MaxToken} octets.", nameof(ascii));
        WriteFolded(output, value, WriteName(output, name));
        EndLine(output);
    }

    /// <summary>One mailbox. The address stays raw: an addr-spec is never encoded (R6); beyond ASCII it needs SMTPUTF8 (R8).</summary>
    public static void WriteMailbox(MessageBuffer output, HeaderName name, Mailbox mailbox)
    {
        var column = WriteName(output, name);
        if (mailbox.DisplayName is { } shown)
        {
            column = WritePhrase(output, shown, column);
            WriteAngled(output, mailbox.Address.ToString(), column);
        }
        else
        {
            WriteToken(output, mailbox.Address.ToString(), column, angled: false);
        }
        EndLine(output);
    }

    /// <summary>A phrase and an id in angle brackets, as List-ID has it (RFC 2919).</summary>
    public static void WriteNamedId(MessageBuffer output, HeaderName name, string? phrase, string id)
    {
        var column = WriteName(output, name);
        var shown = HeaderText.Clean(phrase ?? "").Trim();
        if (shown.Length > 0) column = WritePhrase(output, shown, column);
        WriteAngled(output, id, column);
        EndLine(output);
    }

    /// <summary>In quotes where that stays on the line, else as encoded words, which fold anywhere.</summary>
    private static int WritePhrase(MessageBuffer output, string phrase, int column)
    {
        // Always quoted: "St. Ives", "Doe, Jane" and "a@b" need it, and it hurts nobody else.
        var quoted = $" \"{phrase.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        var plain = Ascii.IsValid(phrase) && column + quoted.Length <= FoldAt && !phrase.Contains("=?", StringComparison.Ordinal) && !phrase.Contains('\t');
        if (!plain) return EncodedWords.Write(output, Encoding.UTF8.GetBytes(phrase), column);
        output.Write(Encoding.ASCII.GetBytes(quoted));
        return column + quoted.Length;
    }

    private static void WriteAngled(MessageBuffer output, string id, int column) => WriteToken(output, id, column, angled: true);

    private static void WriteToken(MessageBuffer output, string token, int column, bool angled)
    {
        var octets = Encoding.UTF8.GetByteCount(token) + (angled ? 2 : 0);
        output.Write(column + 1 + octets > EncodedWords.MaxLine ? "\r\n "u8 : " "u8);
        if (angled) output.Write((byte)'<');
        output.Advance(Encoding.UTF8.GetBytes(token, output.GetSpan(octets)));
        if (angled) output.Write((byte)'>');
    }

    private static int WriteName(MessageBuffer output, HeaderName name)
    {
        output.Advance(Encoding.ASCII.GetBytes(name.Value, output.GetSpan(name.Value.Length)));
        output.Write((byte)':');
        return name.Value.Length + 1;
    }

    private static void WriteFolded(MessageBuffer output, ReadOnlySpan<byte> value, int column)
    {
        if (value.IsEmpty) output.Write((byte)' ');
        while (!value.IsEmpty)
        {
            // The value neither begins nor ends with a space.
            var word = NextWord(value);
            value = value[word.Length..];
            if (word[0] != ' ') { output.Write(column + 1 + word.Length > FoldAt ? "\r\n "u8 : " "u8); column = column + 1 + word.Length > FoldAt ? 1 : column + 1; }
            else if (column + word.Length > FoldAt) { output.Write("\r\n"u8); column = 0; }
            output.Write(word);
            column += word.Length;
        }
    }

    /// <summary>Octets of the longest word with the spaces before it: no line can be folded inside either.</summary>
    private static int LongestToken(ReadOnlySpan<byte> value)
    {
        var longest = 0;
        while (!value.IsEmpty)
        {
            var word = NextWord(value);
            longest = Math.Max(longest, word.Length);
            value = value[word.Length..];
        }
        return longest;
    }

    /// <summary>A word with all the spaces before it.</summary>
    private static ReadOnlySpan<byte> NextWord(ReadOnlySpan<byte> value)
    {
        var spaces = Math.Max(value.IndexOfAnyExcept((byte)' '), 0);
        var length = value[spaces..].IndexOf((byte)' ');
        return length < 0 ? value : value[..(spaces + length)];
    }

    private static void EndLine(MessageBuffer output) => output.Write("\r\n"u8);
}
