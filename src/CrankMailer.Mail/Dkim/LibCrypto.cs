using System.Runtime.InteropServices;

namespace CrankMailer.Mail.Dkim;

/// <summary>The few functions of OpenSSL 3 that ed25519 needs: .NET 10 has none of its own.</summary>
internal static unsafe partial class LibCrypto
{
    private const string Library = "libcrypto.so.3";

    /// <summary>EVP_PKEY_ED25519.</summary>
    private const int Ed25519 = 1087;

    /// <summary>False where there is no OpenSSL 3 (Windows, macOS): then only RSA is offered.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, typeof(LibCrypto).Assembly, null, out _);

    public static byte[] PublicKeyOf(ReadOnlySpan<byte> seed)
    {
        var key = NewPrivateKey(seed);
        try
        {
            var publicKey = new byte[32];
            nuint length = 32;
            fixed (byte* to = publicKey) Check(EVP_PKEY_get_raw_public_key(key, to, &length));
            return publicKey;
        }
        finally { EVP_PKEY_free(key); }
    }

    public static int Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        var key = NewPrivateKey(seed);
        var context = EVP_MD_CTX_new();
        try
        {
            Check(EVP_DigestSignInit(context, null, 0, 0, key));
            var length = (nuint)signature.Length;
            fixed (byte* from = message)
            fixed (byte* to = signature) Check(EVP_DigestSign(context, to, &length, from, (nuint)message.Length));
            return (int)length;
        }
        finally
        {
            EVP_MD_CTX_free(context);
            EVP_PKEY_free(key);
        }
    }

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        nint key;
        fixed (byte* from = publicKey) key = EVP_PKEY_new_raw_public_key(Ed25519, 0, from, (nuint)publicKey.Length);
        if (key == 0) return false;
        var context = EVP_MD_CTX_new();
        try
        {
            Check(EVP_DigestVerifyInit(context, null, 0, 0, key));
            fixed (byte* sign = signature)
            fixed (byte* from = message) return EVP_DigestVerify(context, sign, (nuint)signature.Length, from, (nuint)message.Length) == 1;
        }
        finally
        {
            EVP_MD_CTX_free(context);
            EVP_PKEY_free(key);
        }
    }

    private static nint NewPrivateKey(ReadOnlySpan<byte> seed)
    {
        fixed (byte* from = seed)
        {
            var key = EVP_PKEY_new_raw_private_key(Ed25519, 0, from, (nuint)seed.Length);
            return key != 0 ? key : throw new System.Security.Cryptography.CryptographicException("OpenSSL refused the ed25519 key.");
        }
    }

    private static void Check(int result)
    {
        if (result != 1) throw new System.Security.Cryptography.CryptographicException("OpenSSL refused an ed25519 operation.");
    }

    [LibraryImport(Library)] private static partial nint EVP_PKEY_new_raw_private_key(int type, nint engine, byte* key, nuint length);
    [LibraryImport(Library)] private static partial nint EVP_PKEY_new_raw_public_key(int type, nint engine, byte* key, nuint length);
    [LibraryImport(Library)] private static partial int EVP_PKEY_get_raw_public_key(nint key, byte* to, nuint* length);
    [LibraryImport(Library)] private static partial void EVP_PKEY_free(nint key);
    [LibraryImport(Library)] private static partial nint EVP_MD_CTX_new();
    [LibraryImport(Library)] private static partial void EVP_MD_CTX_free(nint context);
    [LibraryImport(Library)] private static partial int EVP_DigestSignInit(nint context, nint* keyContext, nint digest, nint engine, nint key);
    [LibraryImport(Library)] private static partial int EVP_DigestSign(nint context, byte* signature, nuint* length, byte* message, nuint messageLength);
    [LibraryImport(Library)] private static partial int EVP_DigestVerifyInit(nint context, nint* keyContext, nint digest, nint engine, nint key);
    [LibraryImport(Library)] private static partial int EVP_DigestVerify(nint context, byte* signature, nuint length, byte* message, nuint messageLength);
}
