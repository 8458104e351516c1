using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Mail.Dkim;

/// <summary>Checks every DKIM-Signature of a raw message (RFC 6376 6, RFC 8301, RFC 8463).</summary>
public sealed class DkimVerifier(TimeProvider clock)
{
    /// <summary>More signatures than this are not looked at: each costs a lookup.</summary>
    private const int MaxSignatures = 10;

    /// <summary>RFC 6376 3.5: clocks differ a little.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <param name="message">The raw message. Line ends are CRLF; a file with LF alone is taken as if.</param>
    /// <param name="lookUpKey">Name such as s1._domainkey.example.org → the TXT value, or null where there is none. May throw
    /// <see cref="IOException"/> where it cannot be known now.</param>
    public async Task<IReadOnlyList<DkimResult>> VerifyAsync(ReadOnlyMemory<byte> message, Func<string, CancellationToken, ValueTask<string?>> lookUpKey, CancellationToken ct)
    {
        if (!message.Span.Contains((byte)'\r')) message = TextLines.ToCrlf(message.Span);
        var results = new List<DkimResult>();
        foreach (var signature in FindSignatures(message.Span))
            results.Add(await VerifyOneAsync(message, signature, lookUpKey, ct));
        return results;
    }

    private static List<HeaderFields.Field> FindSignatures(ReadOnlySpan<byte> message)
    {
        var block = message[..HeaderFields.BlockLength(message)];
        Span<HeaderFields.Field> fields = stackalloc HeaderFields.Field[HeaderFields.Max];
        fields = fields[..HeaderFields.Find(block, fields)];
        var found = new List<HeaderFields.Field>();
        foreach (var field in fields)
            if (found.Count < MaxSignatures && HeaderFields.Is(block, field, "dkim-signature"u8)) found.Add(field);
        return found;
    }

    private async Task<DkimResult> VerifyOneAsync(ReadOnlyMemory<byte> message, HeaderFields.Field field, Func<string, CancellationToken, ValueTask<string?>> lookUpKey, CancellationToken ct)
    {
        var text = Encoding.UTF8.GetString(message.Span[field.Start..field.End]);
        var tags = DkimTags.Parse(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var names = (tags?.FindCompact("h") ?? "").ToLowerInvariant().Split(':', StringSplitOptions.RemoveEmptyEntries);
        DkimResult Result(DkimStatus status, string? problem) =>
            new(status, tags?.FindCompact("d") ?? "", tags?.FindCompact("s") ?? "", tags?.FindCompact("a") ?? "", names, problem);

        if (tags is null) return Result(DkimStatus.PermError, "The signature is malformed.");
        if (FindProblem(tags, names) is { } problem) return Result(DkimStatus.PermError, problem);
        if (!HasBodyHash(message.Span, tags)) return Result(DkimStatus.Fail, "The body was changed: its hash differs.");
        string? record;
        try { record = await lookUpKey($"{tags.FindCompact("s")}._domainkey.{tags.FindCompact("d")}", ct); }
        catch (IOException e) { return Result(DkimStatus.TempError, e.Message); }
        if (record is null) return Result(DkimStatus.PermError, "There is no key record.");
        if (!DkimPublicKey.TryParse(record, Algorithm(tags), out var key, out problem)) return Result(DkimStatus.PermError, problem);
        return VerifyHeaders(message.Span, field, tags, names, key) ? Result(DkimStatus.Pass, null) : Result(DkimStatus.Fail, "The headers were changed, or signed with another key.");
    }

    private string? FindProblem(DkimTags tags, string[] names)
    {
        if (tags.Find("v") != "1") return "The signature has another version than 1.";
        if (tags.FindCompact("a") is not ("rsa-sha256" or "ed25519-sha256")) return $"The algorithm {tags.FindCompact("a")} is not allowed (RFC 8301).";
        if (tags.FindCompact("d") is null or "" || tags.FindCompact("s") is null or "") return "d= or s= is missing.";
        if (!names.Contains("from")) return "From is not signed.";
        if ((tags.FindCompact("c") ?? "simple/simple").Split('/') is not ([("simple" or "relaxed")] or [("simple" or "relaxed"), ("simple" or "relaxed")])) return "c= is unknown.";
        if (!tags.TryGetBase64("bh", out _) || !tags.TryGetBase64("b", out _)) return "b= or bh= is missing.";
        if (tags.FindCompact("i") is { } identity && !IsWithin(identity, tags.FindCompact("d") ?? "")) return "i= is not within d=.";
        if (tags.FindCompact("x") is { } end && (!TryInstant(end, out var expires) || expires + Skew < clock.GetUtcNow())) return "The signature has expired.";
        if (tags.FindCompact("l") is { } length && !long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return "l= is no number.";
        return Algorithm(tags) == DkimAlgorithm.Ed25519Sha256 && !LibCrypto.IsAvailable ? "ed25519 cannot be verified here: OpenSSL 3 is absent." : null;
    }

    private static bool HasBodyHash(ReadOnlySpan<byte> message, DkimTags tags)
    {
        var limit = tags.FindCompact("l") is { } length ? long.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture) : long.MaxValue;
        var body = message[Math.Min(HeaderFields.BlockLength(message) + 2, message.Length)..];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hashed = DkimCanonical.AppendBody(hash, body, Forms(tags).Body, limit);
        // RFC 6376 3.5: a length beyond the body is no valid signature.
        return tags.TryGetBase64("bh", out var expected) && expected.AsSpan().SequenceEqual(hash.GetHashAndReset()) && (limit == long.MaxValue || hashed == limit);
    }

    private static bool VerifyHeaders(ReadOnlySpan<byte> message, HeaderFields.Field signature, DkimTags tags, string[] names, DkimPublicKey key)
    {
        var block = message[..HeaderFields.BlockLength(message)];
        Span<HeaderFields.Field> fields = stackalloc HeaderFields.Field[HeaderFields.Max];
        fields = fields[..HeaderFields.Find(block, fields)];
        Span<bool> used = stackalloc bool[fields.Length];
        using var canonical = new MessageBuffer(8192);
        var form = Forms(tags).Header;
        foreach (var name in names)
        {
            var octets = Encoding.UTF8.GetBytes(name);
            // RFC 6376 5.4.2: from the bottom up, each field once; a name too many is the empty string.
            for (var i = fields.Length - 1; i >= 0; i--)
            {
                if (used[i] || !HeaderFields.Is(block, fields[i], octets)) continue;
                used[i] = true;
                DkimCanonical.AppendHeader(canonical, block[fields[i].Start..fields[i].End], form);
                break;
            }
        }
        var own = WithoutSignature(block[signature.Start..signature.End]);
        DkimCanonical.AppendHeader(canonical, own, form);
        return tags.TryGetBase64("b", out var expected) && key.Verify(SHA256.HashData(canonical.WrittenSpan), expected);
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

    private static DkimAlgorithm Algorithm(DkimTags tags) => tags.FindCompact("a") == "rsa-sha256" ? DkimAlgorithm.RsaSha256 : DkimAlgorithm.Ed25519Sha256;

    private static (DkimCanonicalization Header, DkimCanonicalization Body) Forms(DkimTags tags)
    {
        var forms = (tags.FindCompact("c") ?? "simple/simple").Split('/');
        static DkimCanonicalization Form(string name) => name == "relaxed" ? DkimCanonicalization.Relaxed : DkimCanonicalization.Simple;
        return (Form(forms[0]), forms.Length > 1 ? Form(forms[1]) : DkimCanonicalization.Simple);
    }

    private static bool IsWithin(string identity, string domain)
    {
        var host = identity[(identity.LastIndexOf('@') + 1)..];
        return host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryInstant(string seconds, out DateTimeOffset instant)
    {
        var valid = long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 253402300800;
        instant = valid ? DateTimeOffset.FromUnixTimeSeconds(number) : default;
        return valid;
    }
}
