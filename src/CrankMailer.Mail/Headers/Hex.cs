namespace CrankMailer.Mail.Headers;

/// <summary>Hexadecimal digits as octets.</summary>
internal static class Hex
{
    public static byte Upper(int nibble) => "0123456789ABCDEF"u8[nibble];

    /// <summary>-1 where it is none.</summary>
    public static int Value(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => -1,
    };
}
