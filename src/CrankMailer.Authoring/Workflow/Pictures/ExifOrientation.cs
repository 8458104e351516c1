using System.Buffers.Binary;

namespace CrankMailer.Authoring.Workflow.Pictures;

/// <summary>The one thing kept of a camera's notes: which way up the picture is (Exif 2.32 §4.6.4, tag 0x0112).</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const int EntrySize = 12;

    /// <param name="app1">Body of the APP1 segment.</param>
    /// <returns>1 to 8; null where nothing is said.</returns>
    public static int? Find(ReadOnlySpan<byte> app1)
    {
        if (!app1.StartsWith("Exif\0\0"u8) || app1.Length < 14) return null;
        var tiff = app1[6..];
        var little = tiff[0] == 'I';
        var offset = Long(tiff, 4, little);
        if (offset is null or > int.MaxValue - 2 || Short(tiff, (int)offset, little) is not { } count) return null;
        for (var entry = (int)offset + 2; count > 0; count--, entry += EntrySize)
        {
            if (Short(tiff, entry, little) is not { } tag) return null;
            if (tag == Tag) return Short(tiff, entry + 8, little) is >= 1 and <= 8 and var turn ? turn : null;
        }
        return null;
    }

    /// <summary>An APP1 segment that says the orientation and nothing else.</summary>
    public static byte[] Segment(int orientation) =>
    [
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];

    private static ushort? Short(ReadOnlySpan<byte> tiff, int at, bool little) =>
        at < 0 || at > tiff.Length - 2 ? null : little ? BinaryPrimitives.ReadUInt16LittleEndian(tiff[at..]) : BinaryPrimitives.ReadUInt16BigEndian(tiff[at..]);

    private static uint? Long(ReadOnlySpan<byte> tiff, int at, bool little) =>
        at > tiff.Length - 4 ? null : little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[at..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[at..]);
}
