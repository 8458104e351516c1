using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Mail.Dkim;

/// <summary>Makes the DKIM-Signature headers of a finished message and puts them in front (RFC 6376).</summary>
internal static class DkimSigning
{
    /// <summary>R4, without the line end.</summary>
    private const int FoldAt = 78;

    private const int HashOctets = 32;

    /// <summary>Making one costs as much as hashing 5 KB.</summary>
    [ThreadStatic] private static IncrementalHash? bodyHash;

    /// <summary>Each signature covers the message without the other ones, so that each verifies alone (R31).</summary>
    /// <param name="message">The message, unsigned.</param>
    /// <param name="headerLength">Octets of its header block, without the empty line.</param>
    public static void Sign(MessageBuffer message, int headerLength, IReadOnlyList<DkimSigner> signers, DateTimeOffset now)
    {
        var length = message.Length;
        Span<byte> relaxed = stackalloc byte[HashOctets];
        Span<byte> simple = stackalloc byte[HashOctets];
        bool hasRelaxed = false, hasSimple = false;
        // From the last to the first, as each goes before what is there.
        for (var i = signers.Count - 1; i >= 0; i--)
        {
            var unsigned = message.WrittenSpan[^length..];
            var isRelaxed = signers[i].BodyForm == DkimCanonicalization.Relaxed;
            if (isRelaxed && !hasRelaxed) hasRelaxed = HashBody(unsigned[(headerLength + 2)..], DkimCanonicalization.Relaxed, relaxed);
            if (!isRelaxed && !hasSimple) hasSimple = HashBody(unsigned[(headerLength + 2)..], DkimCanonicalization.Simple, simple);
            var header = message.Scratch;
            WriteSignature(header, signers[i], unsigned[..headerLength], isRelaxed ? relaxed : simple, now);
            message.Prepend(header.WrittenSpan);
        }
    }

    private static bool HashBody(ReadOnlySpan<byte> body, DkimCanonicalization form, Span<byte> hash)
    {
        var sha = bodyHash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        DkimCanonical.AppendBody(sha, body, form);
        sha.GetHashAndReset(hash);
        return true;
    }

    private static void WriteSignature(MessageBuffer header, DkimSigner signer, ReadOnlySpan<byte> block, ReadOnlySpan<byte> bodyHash, DateTimeOffset now)
    {
        Span<HeaderFields.Field> fields = stackalloc HeaderFields.Field[HeaderFields.Max];
        fields = fields[..HeaderFields.Find(block, fields)];
        Span<short> names = stackalloc short[fields.Length];
        for (var i = 0; i < fields.Length; i++) names[i] = (short)signer.IndexOf(block.Slice(fields[i].Start, fields[i].NameLength));
        WriteTags(header, signer, names, bodyHash, now);

        var canonical = header.Scratch;
        for (var n = 0; n < signer.SignedNames.Count; n++)
            for (var i = fields.Length - 1; i >= 0; i--)
                if (names[i] == n) DkimCanonical.AppendHeader(canonical, block[fields[i].Start..fields[i].End], signer.HeaderForm);
        // The signature header itself, with b= empty and without its line end (RFC 6376 3.7).
        DkimCanonical.AppendHeader(canonical, header.WrittenSpan, signer.HeaderForm);

        Span<byte> digest = stackalloc byte[HashOctets];
        SHA256.HashData(canonical.WrittenSpan, digest);
        Span<byte> signature = stackalloc byte[DkimKey.MaxSignatureOctets];
        WriteFoldedBase64(header, signature[..signer.Key.Sign(digest, signature)]);
        header.Write("\r\n"u8);
    }

    /// <summary>v, a, d, s, c, t, h, bh and an empty b, in this order, parted where a line would pass 78.</summary>
    /// <param name="names">For each field of the message the index of its name among the signed ones; -1 where it is not signed.</param>
    private static void WriteTags(MessageBuffer header, DkimSigner signer, ReadOnlySpan<short> names, ReadOnlySpan<byte> bodyHash, DateTimeOffset now)
    {
        header.Write("DKIM-Signature: v=1;"u8);
        var column = header.Length;
        WriteTag(header, ref column, "a=", signer.Key.Algorithm == DkimAlgorithm.RsaSha256 ? "rsa-sha256" : "ed25519-sha256");
        WriteTag(header, ref column, "d=", signer.Domain);
        WriteTag(header, ref column, "s=", signer.Selector);
        WriteTag(header, ref column, "c=", (signer.HeaderForm, signer.BodyForm) switch
        {
            (DkimCanonicalization.Relaxed, DkimCanonicalization.Relaxed) => "relaxed/relaxed",
            (DkimCanonicalization.Relaxed, _) => "relaxed/simple",
            (_, DkimCanonicalization.Relaxed) => "simple/relaxed",
            _ => "simple/simple",
        });
        Span<char> seconds = stackalloc char[20];
        now.ToUnixTimeSeconds().TryFormat(seconds, out var digits, provider: CultureInfo.InvariantCulture);
        WriteTag(header, ref column, "t=", seconds[..digits]);
        WriteNames(header, ref column, signer, names);
        Span<char> hash = stackalloc char[44];
        Convert.TryToBase64Chars(bodyHash, hash, out var written);
        WriteTag(header, ref column, "bh=", hash[..written]);
        header.Write("\r\n\tb="u8);
    }

    private static void WriteTag(MessageBuffer header, ref int column, string tag, ReadOnlySpan<char> value)
    {
        var length = tag.Length + value.Length + 1;
        column = Part(header, column, length, "\r\n\t"u8);
        Append(header, tag);
        Append(header, value);
        header.Write((byte)';');
        column += length;
    }

    private static void WriteNames(MessageBuffer header, ref int column, DkimSigner signer, ReadOnlySpan<short> names)
    {
        var total = 2;
        for (var n = 0; n < signer.SignedNames.Count; n++) total += Times(signer, n, names) * (signer.SignedNames[n].Length + 1);
        column = Part(header, column, total, "\r\n\t"u8);
        header.Write("h="u8);
        column += 2;
        var first = true;
        for (var n = 0; n < signer.SignedNames.Count; n++)
        {
            for (var times = Times(signer, n, names); times > 0; times--)
            {
                if (!first) { header.Write((byte)':'); column++; }
                // White space may stand around the colons (RFC 6376 3.5).
                if (!first && column + signer.SignedNames[n].Length + 1 > FoldAt) { header.Write("\r\n\t "u8); column = 2; }
                header.Write(signer.SignedNames[n]);
                column += signer.SignedNames[n].Length;
                first = false;
            }
        }
        header.Write((byte)';');
        column++;
    }

    private static int Times(DkimSigner signer, int name, ReadOnlySpan<short> names) => names.Count((short)name) + (signer.IsOverSigned(name) ? 1 : 0);

    private static int Part(MessageBuffer header, int column, int length, ReadOnlySpan<byte> fold)
    {
        var fits = column + 1 + length <= FoldAt;
        header.Write(fits ? " "u8 : fold);
        return fits ? column + 1 : 1;
    }

    private static void WriteFoldedBase64(MessageBuffer header, ReadOnlySpan<byte> signature)
    {
        Span<byte> text = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(DkimKey.MaxSignatureOctets)];
        Base64.EncodeToUtf8(signature, text, out _, out var written);
        text = text[..written];
        var room = FoldAt - 3;
        while (!text.IsEmpty)
        {
            var taken = Math.Min(room, text.Length);
            header.Write(text[..taken]);
            text = text[taken..];
            if (!text.IsEmpty) header.Write("\r\n\t"u8);
            room = FoldAt - 1;
        }
    }

    private static void Append(MessageBuffer header, ReadOnlySpan<char> ascii) =>
        header.Advance(Encoding.ASCII.GetBytes(ascii, header.GetSpan(ascii.Length)));
}
