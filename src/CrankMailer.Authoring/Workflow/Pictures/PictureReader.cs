namespace CrankMailer.Authoring.Workflow.Pictures;

/// <summary>Reads PNG, JPEG and GIF by their structure, never by the name or type that was sent along.</summary>
public static class PictureReader
{
    /// <summary>Null where it is none of the three, or is cut off.</summary>
    public static PictureInfo? Find(byte[] bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngReader.Find(bytes),
        [0xFF, 0xD8, 0xFF, ..] => JpegReader.Find(bytes),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => GifReader.Find(bytes),
        _ => null,
    };
}
