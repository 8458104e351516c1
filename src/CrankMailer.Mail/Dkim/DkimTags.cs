using System.Diagnostics.CodeAnalysis;

namespace CrankMailer.Mail.Dkim;

/// <summary>tag=value lists of RFC 6376 3.2, in signatures and key records.</summary>
internal sealed class DkimTags
{
    private readonly Dictionary<string, string> values;

    private DkimTags(Dictionary<string, string> values) => this.values = values;

    /// <summary>White space is dropped around values; null where a tag has no name or no "=", or comes twice.</summary>
    public static DkimTags? Parse(string list)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in list.Split(';'))
        {
            if (string.IsNullOrWhiteSpace(part)) continue;
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || part.AsSpan(0, equals).IsWhiteSpace() || !values.TryAdd(part[..equals].Trim(), part[(equals + 1)..].Trim())) return null;
        }
        return new DkimTags(values);
    }

    public string? Find(string tag) => values.GetValueOrDefault(tag);

    /// <summary>With all white space taken out: for base64 and lists.</summary>
    public string? FindCompact(string tag) => Find(tag) is { } value ? string.Concat(value.Where(c => !char.IsWhiteSpace(c))) : null;

    public bool TryGetBase64(string tag, [NotNullWhen(true)] out byte[]? octets)
    {
        octets = null;
        if (FindCompact(tag) is not { Length: > 0 } text) return false;
        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out var written)) return false;
        octets = buffer[..written];
        return true;
    }
}
