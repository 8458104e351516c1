using System.Buffers.Binary;
using System.Text;

namespace CrankMailer.Authoring.Workflow.Pictures;

/// <summary>GIF 87a and 89a: header, colour table, then blocks until the trailer.</summary>
internal static class GifReader
{
    private const byte Extension = 0x21, Image = 0x2C, Trailer = 0x3B;
    private const byte GraphicControl = 0xF9, Application = 0xFF;

    public static PictureInfo? Find(byte[] bytes)
    {
        if (bytes.Length < 13) return null;
        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(6)), BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)));
        var at = 13 + ColourTable(bytes[10]);
        if (at > bytes.Length || width == 0 || height == 0) return null;
        var clean = new MemoryStream(bytes.Length);
        clean.Write(bytes, 0, at);
        while (at < bytes.Length)
        {
            if (bytes[at] == Trailer)
            {
                clean.WriteByte(Trailer);
                return new PictureInfo("gif", width, height, clean.ToArray());
            }
            if (FindEnd(bytes, at) is not { } end) return null;
            if (IsKept(bytes, at)) clean.Write(bytes, at, end - at);
            at = end;
        }
        return null;
    }

    /// <summary>Comments, plain text and foreign applications' data go; the loop count stays.</summary>
    private static bool IsKept(byte[] bytes, int at) =>
        bytes[at] == Image
        || bytes[at + 1] == GraphicControl
        || (bytes[at + 1] == Application && at + 14 <= bytes.Length && Encoding.ASCII.GetString(bytes, at + 3, 11) is "NETSCAPE2.0" or "ANIMEXTS1.0");

    private static int? FindEnd(byte[] bytes, int at)
    {
        int start;
        if (bytes[at] == Extension && at + 2 < bytes.Length) start = at + 2;
        else if (bytes[at] == Image && at + 10 < bytes.Length) start = at + 10 + ColourTable(bytes[at + 9]) + 1; // + LZW code size
        else return null;
        for (var block = start; block < bytes.Length; block += bytes[block] + 1)
            if (bytes[block] == 0) return block + 1;
        return null;
    }

    private static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
