using System.Globalization;
using System.Text;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Mime;

/// <summary><c>value; name=value; name*0*=…</c> as in Content-Type and Content-Disposition (RFC 2045 5.1, RFC 2231).</summary>
internal sealed class MimeParameters
{
    /// <summary>Hostile headers may hold thousands.</summary>
    private const int Max = 200;

    private readonly Dictionary<string, string> values;

    private MimeParameters(Dictionary<string, string> values) => this.values = values;

    public static (string Value, MimeParameters Parameters) Parse(string header)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var pieces = Split(header);
        foreach (var piece in pieces.Skip(1).Take(Max))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) values.TryAdd(piece[..equals].Trim(), Token(piece[(equals + 1)..].Trim()));
        }
        return (pieces[0].Trim(), new MimeParameters(values));
    }

    public string? Find(string name)
    {
        if (values.TryGetValue(name + "*", out var extended)) return DecodeExtended(extended, out _);
        // The plain form beside a continued one is the fallback for old readers (R23).
        if (FindContinued(name) is { } continued) return continued;
        return values.TryGetValue(name, out var plain) ? EncodedText.Decode(plain) : null;
    }

    /// <summary>The text of a quoted string; anything else as it is.</summary>
    public static string Unquote(string value)
    {
        if (value.Length == 0 || value[0] != '"') return value;
        var plain = new StringBuilder(value.Length);
        for (var i = 1; i < value.Length && value[i] != '"'; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length) i++;
            plain.Append(value[i]);
        }
        return plain.ToString();
    }

    /// <summary>RFC 2231 3: name*0, name*1*, …: the charset stands in the first piece only.</summary>
    private string? FindContinued(string name)
    {
        var octets = new List<byte>();
        string? charset = null;
        for (var n = 0; n < Max; n++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{name}*{n}");
            if (values.TryGetValue(key + "*", out var encoded))
            {
                if (n == 0) (charset, encoded) = SplitCharset(encoded);
                octets.AddRange(PercentDecode(encoded));
            }
            else if (values.TryGetValue(key, out var plain)) octets.AddRange(Encoding.UTF8.GetBytes(plain));
            else break;
        }
        return octets.Count == 0 ? null : Charset.Decode(octets.ToArray(), charset);
    }

    private static string DecodeExtended(string value, out string? charset)
    {
        (charset, var encoded) = SplitCharset(value);
        return Charset.Decode(PercentDecode(encoded), charset);
    }

    private static (string? Charset, string Value) SplitCharset(string value)
    {
        var parts = value.Split('\'', 3);
        return parts.Length == 3 ? (parts[0], parts[2]) : (null, value);
    }

    private static byte[] PercentDecode(string text)
    {
        var from = Encoding.UTF8.GetBytes(text);
        var to = new List<byte>(from.Length);
        for (var i = 0; i < from.Length; i++)
        {
            if (from[i] == '%' && i + 2 < from.Length && Hex.Value(from[i + 1]) >= 0 && Hex.Value(from[i + 2]) >= 0)
            {
                to.Add((byte)(Hex.Value(from[i + 1]) << 4 | Hex.Value(from[i + 2])));
                i += 2;
            }
            else to.Add(from[i]);
        }
        return [.. to];
    }

    /// <summary>At semicolons outside quotes.</summary>
    private static List<string> Split(string header)
    {
        var pieces = new List<string>();
        var start = 0;
        var quoted = false;
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i] == '\\' && quoted) i++;
            else if (header[i] == '"') quoted = !quoted;
            else if (header[i] == ';' && !quoted) { pieces.Add(header[start..i]); start = i + 1; }
        }
        pieces.Add(header[Math.Min(start, header.Length)..]);
        return pieces;
    }

    /// <summary>An unquoted value ends at white space; comments behind it are common.</summary>
    private static string Token(string value) => value.StartsWith('"') ? Unquote(value) : value.Split(' ', '\t')[0];
}
