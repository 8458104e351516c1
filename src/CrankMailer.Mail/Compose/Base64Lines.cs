using System.Buffers.Text;

namespace CrankMailer.Mail.Compose;

/// <summary>Base64 in lines of 76 (RFC 2045 6.8).</summary>
internal static class Base64Lines
{
    private const int OctetsPerLine = 57;

    public static void Encode(MessageBuffer output, ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var line = content[..Math.Min(OctetsPerLine, content.Length)];
            Base64.EncodeToUtf8(line, output.GetSpan(80), out _, out var written);
            output.Advance(written);
            content = content[line.Length..];
            if (!content.IsEmpty) output.Write("\r\n"u8);
        }
    }
}
