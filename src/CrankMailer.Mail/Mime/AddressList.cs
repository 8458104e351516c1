using System.Text;

namespace CrankMailer.Mail.Mime;

/// <summary>Addresses of From, To and the like as people read them (RFC 5322 3.4), tolerant: what holds no @ is left out.</summary>
public static class AddressList
{
    private const int Max = 1000;

    /// <param name="raw">The value before encoded words are decoded, so that a comma hidden in one parts nothing.</param>
    public static IReadOnlyList<(string? Name, string Address)> Parse(string raw)
    {
        var found = new List<(string?, string)>();
        foreach (var piece in Split(raw))
        {
            if (found.Count == Max) break;
            var open = piece.LastIndexOf('<');
            var close = piece.IndexOf('>', open + 1);
            var address = (open >= 0 ? piece[(open + 1)..(close < 0 ? piece.Length : close)] : piece).Trim();
            if (!address.Contains('@') || address.Any(char.IsWhiteSpace)) continue;
            var name = open > 0 ? EncodedText.Decode(MimeParameters.Unquote(piece[..open].Trim())).Trim() : "";
            found.Add((name.Length == 0 ? null : name, address));
        }
        return found;
    }

    /// <summary>At commas and at the colon and semicolon of groups, outside quotes; comments are dropped.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var piece = new StringBuilder();
        var quoted = false;
        var comments = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                if (comments == 0) piece.Append(c).Append(text[i + 1]);
                i++;
            }
            else if (c == '"' && comments == 0) { quoted = !quoted; piece.Append(c); }
            else if (c == '(' && !quoted) comments++;
            else if (c == ')' && !quoted && comments > 0) comments--;
            else if (c is ',' or ';' && !quoted && comments == 0) { yield return piece.ToString(); piece.Clear(); }
            else if (c == ':' && !quoted && comments == 0) piece.Clear();
            else if (comments == 0) piece.Append(c);
        }
        yield return piece.ToString();
    }
}
