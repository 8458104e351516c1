using System.Buffers.Binary;
using System.Text;

namespace CrankMailer.Authoring.Workflow.Pictures;

/// <summary>PNG (W3C PNG, 3rd edition §5): signature, then chunks of length, type, data, CRC.</summary>
internal static class PngReader
{
    private const int Signature = 8;

    // What changes how the picture looks stays; text, time and camera data go.
    private static readonly HashSet<string> Kept =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"];

    public static PictureInfo? Find(byte[] bytes)
    {
        var clean = new MemoryStream(bytes.Length);
        clean.Write(bytes, 0, Signature);
        var (width, height) = (0, 0);
        for (var at = Signature; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            if (length > bytes.Length - at - 12) return null;
            var type = Encoding.ASCII.GetString(bytes, at + 4, 4);
            if (type == "IHDR" && length >= 13)
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + 8)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + 12)));
            if (Kept.Contains(type)) clean.Write(bytes, at, (int)length + 12);
            if (type == "IEND") return width > 0 && height > 0 ? new PictureInfo("png", width, height, clean.ToArray()) : null;
            at += (int)length + 12;
        }
        return null;
    }
}
