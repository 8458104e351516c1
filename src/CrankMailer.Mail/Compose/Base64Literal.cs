using System.Buffers.Text;

namespace CrankMailer.Mail.Compose;

/// <summary>A stretch of text encoded once for each of the three places it can begin in a group of three octets: so base64,
/// too, is only copied per recipient, whatever the lengths of the values before it.</summary>
internal sealed class Base64Literal
{
    private readonly Variant[] variants;

    /// <param name="text">Line ends are CRLF.</param>
    public Base64Literal(ReadOnlySpan<byte> text) => variants = [Encode(text, 0), Encode(text, 1), Encode(text, 2)];

    /// <param name="pending">Octets before it that make no whole group yet: 0 to 2.</param>
    public Variant After(int pending) => variants[pending];

    private static Variant Encode(ReadOnlySpan<byte> text, int pending)
    {
        var head = text[..Math.Min((3 - pending) % 3, text.Length)];
        var rest = text[head.Length..];
        var tail = rest[(rest.Length - rest.Length % 3)..];
        var whole = rest[..^tail.Length];
        using var lines = new MessageBuffer(Base64.GetMaxEncodedToUtf8Length(whole.Length) * 2);
        Base64Lines.Encode(lines, whole);
        return new Variant(head.ToArray(), lines.WrittenSpan.ToArray(), lines.Length - (lines.WrittenSpan.LastIndexOf((byte)'\n') + 1), tail.ToArray());
    }

    /// <param name="Head">Fills the group that was begun before.</param>
    /// <param name="Lines">Whole groups in lines of 76.</param>
    /// <param name="Column">Where the last of the lines ends.</param>
    /// <param name="Tail">Begins the next group.</param>
    public readonly record struct Variant(byte[] Head, byte[] Lines, int Column, byte[] Tail);
}
