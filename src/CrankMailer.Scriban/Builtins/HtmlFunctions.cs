using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CrankMailer.Scriban.Values;
using static CrankMailer.Scriban.Values.BuiltinParameter;

namespace CrankMailer.Scriban.Builtins;

/// <summary>The <c>html</c> module.</summary>
internal static class HtmlFunctions
{
    /// <summary>Reserved and unreserved characters of RFC 3986, which url_escape leaves as they are.</summary>
    private static readonly SearchValues<char> UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!*'();:@&=+$,/?#[]");

    private static readonly Regex LineEnds = new(@"\r\n|\r|\n", RegexOptions.NonBacktracking);

    public static ScriptObject Create()
    {
        var module = new ScriptObject();
        module.Add("strip", c => HtmlStrip.Strip(c.Text(0) ?? ""), Text("text"));
        module.Add("escape", c => WebUtility.HtmlEncode(c.Text(0)) ?? "", Text("text"));
        module.Add("newline_to_br", c => LineEnds.Replace(c.Text(0) ?? "", "<br />$0"), Text("text"));
        module.Add("url_encode", c => Uri.EscapeDataString(c.Text(0) ?? ""), Text("text"));
        module.Add("url_escape", c => EscapeUrl(c.Text(0) ?? ""), Text("text"));
        return module;
    }

    private static string EscapeUrl(string text)
    {
        var result = new StringBuilder(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && UrlCharacters.Contains((char)rune.Value))
            {
                result.Append((char)rune.Value);
                continue;
            }
            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)]) result.Append('%').Append(b.ToString("X2", null));
        }
        return result.ToString();
    }
}
