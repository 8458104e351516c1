using System.Text;

namespace CrankMailer.Mail.Mime;

/// <summary>Octets to text by the charset a message names, or by the best guess.</summary>
internal static class Charset
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    // Names that mail programs use and .NET does not know, or knows too narrowly.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8", ["cp1252"] = "windows-1252", ["iso-8859-1"] = "windows-1252", ["latin1"] = "windows-1252", ["us-ascii"] = "windows-1252",
        ["ascii"] = "windows-1252", ["gb2312"] = "gb18030", ["gbk"] = "gb18030", ["ks_c_5601-1987"] = "euc-kr", ["x-sjis"] = "shift_jis", ["cp932"] = "shift_jis",
        ["iso-2022-jp-ms"] = "iso-2022-jp", ["cp50220"] = "iso-2022-jp", ["cp50221"] = "iso-2022-jp", ["iso-8859-8-i"] = "iso-8859-8", ["unicode-1-1-utf-7"] = "utf-8",
    };

    public static string Decode(ReadOnlySpan<byte> octets, string? charset) =>
        charset is not null && Find(charset) is { } encoding ? encoding.GetString(octets) : Guess(octets);

    /// <summary>UTF-8 where it is valid, else Windows-1252, of which every octet means something.</summary>
    public static string Guess(ReadOnlySpan<byte> octets)
    {
        if (Ascii.IsValid(octets)) return Encoding.ASCII.GetString(octets);
        return System.Text.Unicode.Utf8.IsValid(octets) ? StrictUtf8.GetString(octets) : Find("windows-1252")?.GetString(octets) ?? Encoding.Latin1.GetString(octets);
    }

    public static Encoding? Find(string name)
    {
        // RFC 2231 allows a language behind the name: "utf-8*en".
        var plain = name.Split('*')[0].Trim().Trim('"', '\'');
        if (Aliases.TryGetValue(plain, out var alias)) plain = alias;
        if (plain.Length is 0 or > 40 || plain.Equals("utf-7", StringComparison.OrdinalIgnoreCase)) return null;
        try { return CodePagesEncodingProvider.Instance.GetEncoding(plain) ?? Encoding.GetEncoding(plain); }
        catch (ArgumentException) { return null; }
    }
}
