using System.Security.Cryptography;
using System.Text;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Mail.Dkim;

/// <summary>Checks every DKIM-Signature of a raw message (RFC 6376 6, RFC 8301, RFC 8463). What a message holds never makes it throw.</summary>
public sealed class DkimVerifier(TimeProvider clock)
{
    /// <summary>More signatures than this are not looked at: each costs a lookup.</summary>
    private const int MaxSignatures = 10;

    /// <summary>More header fields than this no honest mail has. Beyond it nothing passes: a header that was not looked at could be a second From.</summary>
    private const int MaxFields = 5000;

    /// <summary>What a reader sees or answers to: one of them that no signature covers may be anybody's.</summary>
    private static readonly string[] Shown = ["From", "To", "Subject", "Date", "Reply-To", "Content-Type", "List-Unsubscribe"];

    /// <param name="message">The raw message. Line ends are CRLF; a file with LF alone is taken as if.</param>
    /// <param name="lookUpKey">Name such as s1._domainkey.example.org → the TXT value, or null where there is none. May throw
    /// <see cref="IOException"/> where it cannot be known now.</param>
    public async Task<IReadOnlyList<DkimResult>> VerifyAsync(ReadOnlyMemory<byte> message, Func<string, CancellationToken, ValueTask<string?>> lookUpKey, CancellationToken ct)
    {
        if (!message.Span.Contains((byte)'\r')) message = TextLines.ToCrlf(message.Span);
        var block = message[..HeaderFields.BlockLength(message.Span)];
        var fields = FindFields(block.Span);
        var results = new List<DkimResult>();
        foreach (var field in fields.Where(field => HeaderFields.Is(block.Span, field, "dkim-signature"u8)).Take(MaxSignatures))
            results.Add(await VerifyOneAsync(message, block, fields, field, lookUpKey, ct));
        return results;
    }

    private async Task<DkimResult> VerifyOneAsync(
        ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> block, HeaderFields.Field[] fields, HeaderFields.Field own, Func<string, CancellationToken, ValueTask<string?>> lookUpKey, CancellationToken ct)
    {
        var text = Encoding.UTF8.GetString(block.Span[own.Start..own.End]);
        var signature = DkimSignature.Parse(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..], clock.GetUtcNow());
        DkimResult Result(DkimStatus status, string? problem) =>
            new(status, signature.Domain, signature.Selector, signature.AlgorithmName, signature.Names, problem);

        if (signature.Problem is { } unusable) return Result(DkimStatus.PermError, unusable);
        if (fields.Length > MaxFields) return Result(DkimStatus.PermError, $"The message has more than {MaxFields} headers.");
        if (!HasBodyHash(message.Span, signature)) return Result(DkimStatus.Fail, "The body was changed: its hash differs.");
        string? record;
        try { record = await lookUpKey(signature.RecordName, ct); }
        catch (IOException e) { return Result(DkimStatus.TempError, e.Message); }
        if (record is null) return Result(DkimStatus.PermError, $"There is no key record at {signature.RecordName}.");
        if (!DkimPublicKey.TryParse(record, signature, out var key, out var problem)) return Result(DkimStatus.PermError, problem);
        return VerifyHeaders(block.Span, fields, own, signature, key)
            ? Result(DkimStatus.Pass, null) with { Notes = [.. Notes(block, fields, signature, key)] }
            : Result(DkimStatus.Fail, "The headers were changed, or signed with another key.");
    }

    private static HeaderFields.Field[] FindFields(ReadOnlySpan<byte> block)
    {
        var fields = new HeaderFields.Field[HeaderFields.Max];
        while (true)
        {
            var count = HeaderFields.Find(block, fields);
            if (count < fields.Length || count > MaxFields) return fields[..count];
            fields = new HeaderFields.Field[fields.Length * 8];
        }
    }

    private static bool HasBodyHash(ReadOnlySpan<byte> message, DkimSignature signature)
    {
        var body = message[Math.Min(HeaderFields.BlockLength(message) + 2, message.Length)..];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hashed = DkimCanonical.AppendBody(hash, body, signature.BodyForm, signature.BodyLength ?? long.MaxValue);
        // RFC 6376 3.5: a length beyond the body is no valid signature.
        return hash.GetHashAndReset().AsSpan().SequenceEqual(signature.BodyHash) && (signature.BodyLength is not { } length || hashed == length);
    }

    private static bool VerifyHeaders(ReadOnlySpan<byte> block, HeaderFields.Field[] fields, HeaderFields.Field own, DkimSignature signature, DkimPublicKey key)
    {
        // h= must not name the signature itself (RFC 6376 3.5); others before it, it may.
        var used = new bool[fields.Length];
        used[Array.IndexOf(fields, own)] = true;
        using var canonical = new MessageBuffer(8192);
        foreach (var name in signature.Names)
        {
            var octets = Encoding.UTF8.GetBytes(name);
            // RFC 6376 5.4.2: from the bottom up, each field once; a name too many is the empty string.
            for (var i = fields.Length - 1; i >= 0; i--)
            {
                if (used[i] || !HeaderFields.Is(block, fields[i], octets)) continue;
                used[i] = true;
                DkimCanonical.AppendHeader(canonical, block[fields[i].Start..fields[i].End], signature.HeaderForm);
                break;
            }
        }
        DkimCanonical.AppendHeader(canonical, WithoutSignature(block[own.Start..own.End]), signature.HeaderForm);
        return key.Verify(SHA256.HashData(canonical.WrittenSpan), signature.Value);
    }

    /// <summary>What a passing signature does not say, and a person might take it to say.</summary>
    private static IEnumerable<string> Notes(ReadOnlyMemory<byte> block, HeaderFields.Field[] fields, DkimSignature signature, DkimPublicKey key)
    {
        if (key.IsTesting) yield return "The key is in testing (t=y): the mail is to be treated as if it were not signed.";
        if (signature.BodyLength is { } length) yield return $"Only the first {length} octets of the body are signed (l=): what follows may be anybody's.";
        foreach (var name in Shown)
        {
            var octets = Encoding.ASCII.GetBytes(name);
            var present = fields.Count(field => HeaderFields.Is(block.Span, field, octets));
            var signed = signature.Names.Count(one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (present > signed) yield return signed == 0 ? $"{name} is not signed." : $"{name} stands {present} times and is signed {signed} times.";
        }
    }

    /// <summary>The signature header with the value of b= taken out, and without its line end.</summary>
    private static byte[] WithoutSignature(ReadOnlySpan<byte> field)
    {
        if (field.EndsWith("\r\n"u8)) field = field[..^2];
        var start = field.IndexOf((byte)':') + 1;
        while (start < field.Length)
        {
            var length = field[start..].IndexOf((byte)';');
            var tag = length < 0 ? field[start..] : field.Slice(start, length);
            var equals = tag.IndexOf((byte)'=');
            if (equals > 0 && tag[..equals].Trim(" \t\r\n"u8).SequenceEqual("b"u8))
                return [.. field[..(start + equals + 1)], .. field[(start + tag.Length)..]];
            start += tag.Length + 1;
        }
        return field.ToArray();
    }
}
