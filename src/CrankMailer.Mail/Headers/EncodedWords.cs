using System.Buffers;
using System.Buffers.Text;
using System.Text;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Mail.Headers;

/// <summary>RFC 2047: text beyond ASCII as words of at most 75 octets on lines of at most 76, no character split over two (R7).</summary>
internal static class EncodedWords
{
    public const int MaxLine = 76;

    private const int MaxWord = 75;

    /// <summary>Octets of <c>=?UTF-8?Q?</c> and <c>?=</c>.</summary>
    private const int Frame = 12;

    // RFC 2047 5(3): what may stand unencoded in a phrase; a subject is no worse for obeying it too.
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/"u8);

    /// <summary>Octets of the longest character in a word: four, each as <c>=F0</c>.</summary>
    private const int LongestCharacter = 12;

    /// <summary>Writes, behind a space, from this column, and returns the column after it.</summary>
    public static int Write(MessageBuffer output, ReadOnlySpan<byte> utf8, int column)
    {
        var useBase64 = Base64Length(utf8) < QLength(utf8);
        column = column + 1 + Frame + LongestCharacter > MaxLine ? Fold(output) : Space(output, column);
        while (true)
        {
            var room = Math.Min(MaxWord, MaxLine - column) - Frame;
            var taken = Take(utf8, room, useBase64);
            column += WriteWord(output, utf8[..taken], useBase64);
            utf8 = utf8[taken..];
            if (utf8.IsEmpty) return column;
            column = Fold(output);
        }
    }

    private static int Fold(MessageBuffer output)
    {
        output.Write("\r\n "u8);
        return 1;
    }

    private static int Space(MessageBuffer output, int column)
    {
        output.Write((byte)' ');
        return column + 1;
    }

    /// <summary>Octets of as many whole characters as fit, at least one.</summary>
    private static int Take(ReadOnlySpan<byte> utf8, int room, bool useBase64)
    {
        var taken = 0;
        var used = 0;
        while (taken < utf8.Length)
        {
            Rune.DecodeFromUtf8(utf8[taken..], out _, out var octets);
            used += useBase64 ? 0 : QLength(utf8.Slice(taken, octets));
            var needed = useBase64 ? Base64.GetMaxEncodedToUtf8Length(taken + octets) : used;
            if (needed > room && taken > 0) break;
            taken += octets;
        }
        return taken;
    }

    private static int WriteWord(MessageBuffer output, ReadOnlySpan<byte> utf8, bool useBase64)
    {
        var before = output.Length;
        output.Write(useBase64 ? "=?UTF-8?B?"u8 : "=?UTF-8?Q?"u8);
        if (useBase64)
        {
            Base64.EncodeToUtf8(utf8, output.GetSpan(Base64.GetMaxEncodedToUtf8Length(utf8.Length)), out _, out var written);
            output.Advance(written);
        }
        else
        {
            foreach (var octet in utf8) WriteQ(output, octet);
        }
        output.Write("?="u8);
        return output.Length - before;
    }

    private static void WriteQ(MessageBuffer output, byte octet)
    {
        if (Plain.Contains(octet)) output.Write(octet);
        else if (octet == ' ') output.Write((byte)'_');
        else
        {
            output.Write((byte)'=');
            output.Write(Hex.Upper(octet >> 4));
            output.Write(Hex.Upper(octet & 15));
        }
    }

    private static int QLength(ReadOnlySpan<byte> utf8)
    {
        var length = 0;
        foreach (var octet in utf8) length += octet == ' ' || Plain.Contains(octet) ? 1 : 3;
        return length;
    }

    private static int Base64Length(ReadOnlySpan<byte> utf8) => Base64.GetMaxEncodedToUtf8Length(utf8.Length);
}
