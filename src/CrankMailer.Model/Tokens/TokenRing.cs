using System.Security.Cryptography;
using System.Text;

namespace CrankMailer.Model.Tokens;

/// <summary>
/// Signs and reads the tokens of mailed links and envelope senders (design §5). Layout, before base32: one octet version and purpose,
/// one octet key number, the ids as variable-length numbers, then a cut HMAC-SHA256 over all before it: 80 bits, 128 for preferences.
/// At most 50 characters for ids below 2^28. Immutable and thread-safe; nothing is allocated by writing.
/// </summary>
public sealed class TokenRing
{
    /// <summary>Room that every token fits in, octets.</summary>
    public const int MaxLength = 64;

    private const int Version = 1;
    private readonly IReadOnlyDictionary<int, byte[]> _readable;
    private readonly IReadOnlyDictionary<int, DateTimeOffset> _made;
    private readonly int _signingNumber;
    private readonly byte[] _signingKey;

    /// <param name="readable">Secrets by key number, all that are not revoked.</param>
    /// <param name="signing">Number of the one that signs.</param>
    /// <param name="made">When each key was made, for <see cref="AsOf"/>.</param>
    public TokenRing(IReadOnlyDictionary<int, byte[]> readable, int signing, IReadOnlyDictionary<int, DateTimeOffset>? made = null)
    {
        _readable = readable;
        _made = made ?? new Dictionary<int, DateTimeOffset>();
        _signingNumber = signing;
        _signingKey = readable[signing];
    }

    /// <summary>
    /// The ring as it signed at that time, however often it was rotated since: for what must come out the same when it is made again, such
    /// as the Message-ID of a retry (R13). Where the key of that time is revoked, this ring.
    /// </summary>
    public TokenRing AsOf(DateTimeOffset time)
    {
        var then = _made.Where(k => k.Value <= time && k.Key <= _signingNumber).Select(k => k.Key).DefaultIfEmpty(_signingNumber).Max();
        return then == _signingNumber || !_readable.ContainsKey(then) ? this : new TokenRing(_readable, then, _made);
    }

    public string Make(TokenPurpose purpose, TokenIds ids)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..Write(purpose, ids, text)]);
    }

    /// <summary>Writes the token as ASCII.</summary>
    /// <param name="text">At least <see cref="MaxLength"/> octets.</param>
    /// <returns>Octets written.</returns>
    public int Write(TokenPurpose purpose, TokenIds ids, Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[48];
        bytes[0] = (byte)((Version << 4) | (int)purpose);
        bytes[1] = (byte)_signingNumber;
        var length = 2;
        for (var i = 0; i < CountOf(purpose); i++) length += WriteNumber(IdOf(ids, i), bytes[length..]);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_signingKey, bytes[..length], mac);
        mac[..MacLength(purpose)].CopyTo(bytes[length..]);
        return Base32.Write(bytes[..(length + MacLength(purpose))], text);
    }

    /// <summary>The ids, where the token is one of ours for exactly this purpose. Anything else, however garbled, is just false.</summary>
    public bool TryRead(ReadOnlySpan<char> token, TokenPurpose purpose, out TokenIds ids)
    {
        ids = default;
        Span<byte> bytes = stackalloc byte[48];
        var length = token.Length > MaxLength ? -1 : Base32.Read(token, bytes);
        var signed = length - MacLength(purpose);
        if (signed < 3 || bytes[0] != ((Version << 4) | (int)purpose) || !_readable.TryGetValue(bytes[1], out var key)) return false;
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, bytes[..signed], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac[..MacLength(purpose)], bytes[signed..length])) return false;

        Span<long> numbers = stackalloc long[3];
        var at = 2;
        for (var i = 0; i < CountOf(purpose); i++)
            if (!TryReadNumber(bytes[..signed], ref at, out numbers[i])) return false;
        ids = new TokenIds(numbers[0], numbers[1], numbers[2]);
        return at == signed;
    }

    private static int MacLength(TokenPurpose purpose) => purpose == TokenPurpose.Preferences ? 16 : 10;

    private static int CountOf(TokenPurpose purpose) => purpose switch { TokenPurpose.Unsubscribe => 3, TokenPurpose.SystemMail => 1, _ => 2 };

    private static long IdOf(TokenIds ids, int index) => index switch { 0 => ids.First, 1 => ids.Second, _ => ids.Third };

    private static int WriteNumber(long number, Span<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var length = 0;
        for (; number >= 0x80; number >>= 7) bytes[length++] = (byte)(number | 0x80);
        bytes[length++] = (byte)number;
        return length;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, ref int at, out long number)
    {
        number = 0;
        for (var shift = 0; at < bytes.Length && shift < 63; shift += 7)
        {
            var b = bytes[at++];
            number |= (long)(b & 0x7f) << shift;
            if (b < 0x80) return true;
        }
        return false;
    }
}
