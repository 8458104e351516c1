using System.Buffers.Binary;
using System.Text;

namespace CrankMailer.Authoring.Workflow.Pictures;

/// <summary>JPEG (ITU T.81 Annex B): marker segments, then scans of entropy-coded data until EOI.</summary>
internal static class JpegReader
{
    private const byte Soi = 0xD8, Eoi = 0xD9, Sos = 0xDA, App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE, App15 = 0xEF, Comment = 0xFE;

    public static PictureInfo? Find(byte[] bytes)
    {
        var clean = new MemoryStream(bytes.Length);
        clean.Write([0xFF, Soi]);
        var (width, height, turn) = (0, 0, 1);
        for (var at = 2; FindMarker(bytes, ref at) is { } marker;)
        {
            if (marker == Eoi)
            {
                clean.Write([0xFF, Eoi]);
                if (width == 0 || height == 0) return null;
                return turn >= 5 ? new PictureInfo("jpg", height, width, clean.ToArray()) : new PictureInfo("jpg", width, height, clean.ToArray());
            }
            if (at + 4 > bytes.Length) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2));
            var end = at + 2 + length;
            if (length < 2 || end > bytes.Length) return null;
            var body = bytes.AsSpan(at + 4, length - 2);
            if (IsFrame(marker) && body.Length >= 5)
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]));
            if (marker == App1 && ExifOrientation.Find(body) is { } noted && noted != 1)
            {
                turn = noted;
                clean.Write(ExifOrientation.Segment(noted)); // without it the photo would lie on its side
            }
            if (marker == Sos) end = EndOfScan(bytes, end);
            if (IsKept(marker, body)) clean.Write(bytes, at, end - at);
            at = end;
        }
        return null;
    }

    // App0 is JFIF, App2 the colour profile, App14 Adobe's colour transform; the others tell of camera, place and programs.
    private static bool IsKept(byte marker, ReadOnlySpan<byte> body) => marker switch
    {
        App0 or App14 => true,
        App2 => body.StartsWith("ICC_PROFILE"u8),
        >= App1 and <= App15 or Comment => false,
        _ => true,
    };

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Moves to the marker's 0xFF; fill bytes before it are skipped.</summary>
    private static byte? FindMarker(byte[] bytes, ref int at)
    {
        while (at + 1 < bytes.Length && bytes[at] == 0xFF && bytes[at + 1] == 0xFF) at++;
        return at + 1 < bytes.Length && bytes[at] == 0xFF ? bytes[at + 1] : null;
    }

    /// <summary>In a scan 0xFF is followed by 0 (a stuffed byte) or a restart marker; anything else ends it.</summary>
    private static int EndOfScan(byte[] bytes, int at)
    {
        for (; at + 1 < bytes.Length; at++)
            if (bytes[at] == 0xFF && bytes[at + 1] is not (0 or (>= 0xD0 and <= 0xD7) or 0xFF)) return at;
        return bytes.Length;
    }
}
