using System.Security.Cryptography;
using System.Text;
using CrankMailer.Scriban.Values;
using static CrankMailer.Scriban.Values.BuiltinParameter;

namespace CrankMailer.Scriban.Builtins;

/// <summary>Hashes and Base64 in the <c>string</c> module, over UTF-8. MD5 and SHA-1 are here because the language has them, not for secrets.</summary>
internal static class HashFunctions
{
    public static void AddTo(ScriptObject module)
    {
        module.Add("md5", c => Hex(MD5.HashData(Bytes(c.Text(0)))), Text("text"));
        module.Add("sha1", c => Hex(SHA1.HashData(Bytes(c.Text(0)))), Text("text"));
        module.Add("sha256", c => Hex(SHA256.HashData(Bytes(c.Text(0)))), Text("text"));
        module.Add("sha512", c => Hex(SHA512.HashData(Bytes(c.Text(0)))), Text("text"));
        module.Add("hmac_sha1", c => Hex(HMACSHA1.HashData(Bytes(c.Text(1)), Bytes(c.Text(0)))), Text("text"), Text("secretKey"));
        module.Add("hmac_sha256", c => Hex(HMACSHA256.HashData(Bytes(c.Text(1)), Bytes(c.Text(0)))), Text("text"), Text("secretKey"));
        module.Add("hmac_sha512", c => Hex(HMACSHA512.HashData(Bytes(c.Text(1)), Bytes(c.Text(0)))), Text("text"), Text("secretKey"));
        module.Add("base64_encode", c => Convert.ToBase64String(Bytes(c.Text(0))), Text("text"));
        module.Add("base64_decode", Decode, Text("text"));
    }

    private static byte[] Bytes(string? text) => Encoding.UTF8.GetBytes(text ?? "");

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    private static object Decode(BuiltinCall call)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(call.Text(0) ?? ""));
        }
        catch (FormatException)
        {
            throw call.Error("The text is not valid Base64");
        }
    }
}
