using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CrankMailer.Tests.Authoring.Workflow;

/// <summary>Small pictures made here, with the notes cameras and programs leave in them.</summary>
internal static class SamplePictures
{
    public const string Secret = "52.5200N 13.4050E Ada's camera";

    public static byte[] Png(int width = 3, int height = 2)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        var pixels = new MemoryStream();
        using (var zip = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(new byte[height * (width * 3 + 1)]);
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header), .. Chunk("tEXt", Text("Comment\0" + Secret)), .. Chunk("eXIf", Text(Secret)), .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", []), .. Text("trailing " + Secret)];
    }

    /// <param name="orientation">As the camera noted it in Exif; 0 for no Exif.</param>
    public static byte[] Jpeg(int width = 6, int height = 4, int orientation = 0) =>
    [
        0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
        .. orientation == 0 ? [] : Segment(0xE1, [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0, .. Text(Secret)]),
        .. Segment(0xED, Text("Photoshop 3.0\0" + Secret)), .. Segment(0xFE, Text(Secret)), .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1]),
        .. Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9, .. Text("trailing " + Secret),
    ];

    public static byte[] Gif(int width = 5, int height = 7) =>
    [
        .. "GIF89a"u8, (byte)width, 0, (byte)height, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0,
        0x21, 0xFE, (byte)Secret.Length, .. Text(Secret), 0,
        0x21, 0xF9, 4, 0, 0, 0, 0, 0,
        0x2C, 0, 0, 0, 0, (byte)width, 0, (byte)height, 0, 0, 2, 2, 0x4C, 0x01, 0, 0x3B, .. Text("trailing " + Secret),
    ];

    private static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Chunk(string type, byte[] body)
    {
        var chunk = new byte[body.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        Text(type).CopyTo(chunk, 4);
        body.CopyTo(chunk, 8);
        return chunk; // readers of headers do not look at the CRC
    }

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);
}
