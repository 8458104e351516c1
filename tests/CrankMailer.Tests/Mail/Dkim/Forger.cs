using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CrankMailer.Mail.Dkim;

namespace CrankMailer.Tests.Mail.Dkim;

/// <summary>Signs what no honest signer would, by code of its own: relaxed/relaxed unless told otherwise.</summary>
internal sealed class Forger(RSA key)
{
    public const string Message = "From: ann@example.org\r\nTo: bob@example.net\r\nSubject: Ports\r\nDate: Thu, 05 Mar 2026 06:00:00 +0000\r\n\r\nOne.\r\nTwo.\r\n";

    public string Record => $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";

    /// <summary>Tags in place of, or besides, those of a good signature; null leaves one out.</summary>
    /// <param name="extra">Put behind the tags as it is.</param>
    public string Sign(string message = Message, string extra = "", params (string Tag, string? Value)[] other)
    {
        var tags = new Dictionary<string, string?>
        {
            ["v"] = "1", ["a"] = "rsa-sha256", ["d"] = "example.org", ["s"] = "s1", ["c"] = "relaxed/relaxed", ["h"] = "from:to:subject:date", ["t"] = "1772690400",
        };
        foreach (var (tag, value) in other) tags[tag] = value;
        tags.Remove("b", out var ownSignature);
        var (head, body) = (message.Split("\r\n\r\n", 2)[0] + "\r\n", message.Split("\r\n\r\n", 2)[1]);
        var simpleBody = (tags.GetValueOrDefault("c") ?? "simple/simple") is "simple/simple" or "relaxed/simple" or "relaxed";
        var canonical = simpleBody ? body.TrimEnd('\r', '\n') + "\r\n" : Relaxed(body);
        var length = tags.GetValueOrDefault("l") is { } l && int.TryParse(l, out var octets) && octets >= 0 ? Math.Min(octets, canonical.Length) : canonical.Length;
        tags.TryAdd("bh", Convert.ToBase64String(SHA256.HashData(Encoding.Latin1.GetBytes(canonical[..length]))));
        var own = "DKIM-Signature: " + string.Join("; ", tags.Where(tag => tag.Value is not null).Select(tag => $"{tag.Key}={tag.Value}")) + extra + "; b=";
        var simpleHead = (tags.GetValueOrDefault("c") ?? "simple").StartsWith("simple", StringComparison.Ordinal);
        var fields = Regex.Split(head, "(?<=\r\n)(?![ \t])").Where(field => field.Length > 0).ToList();
        var signed = new StringBuilder();
        foreach (var name in (tags.GetValueOrDefault("h") ?? "").Split(':').Select(name => name.Trim()))
        {
            var at = fields.FindLastIndex(field => field.Split(':')[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
            if (at < 0) continue;
            signed.Append(simpleHead ? fields[at] : RelaxedField(fields[at]) + "\r\n");
            fields.RemoveAt(at);
        }
        signed.Append(simpleHead ? own : RelaxedField(own));
        var signature = Convert.ToBase64String(key.SignData(Encoding.Latin1.GetBytes(signed.ToString()), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return own + (ownSignature ?? signature) + "\r\n" + message;
    }

    public Task<IReadOnlyList<DkimResult>> VerifyAsync(string message, string? record = null, TimeProvider? clock = null) =>
        new DkimVerifier(clock ?? TimeProvider.System).VerifyAsync(Encoding.Latin1.GetBytes(message), (_, _) => ValueTask.FromResult<string?>(record ?? Record), TestContext.Current.CancellationToken);

    private static string RelaxedField(string field)
    {
        var pair = field.Split(':', 2);
        return pair[0].Trim().ToLowerInvariant() + ":" + Regex.Replace(pair[1].Replace("\r\n", "", StringComparison.Ordinal), "[ \t]+", " ").Trim();
    }

    private static string Relaxed(string body)
    {
        var text = string.Join("\r\n", body.Split("\r\n").Select(line => Regex.Replace(line, "[ \t]+", " ").TrimEnd(' '))).TrimEnd('\r', '\n');
        return text.Length == 0 ? "" : text + "\r\n";
    }
}
