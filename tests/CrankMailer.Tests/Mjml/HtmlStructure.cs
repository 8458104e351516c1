using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace CrankMailer.Tests.Mjml;

/// <summary>
/// What of an e-mail's HTML means something, a line for each part: tags with sorted attributes and declarations, text,
/// rules of style sheets, and the same of what stands in comments for Outlook. White space for layout, the order of
/// attributes and declarations, random ids and the joint of two neighbouring comments for Outlook are left out.
/// </summary>
internal static partial class HtmlStructure
{
    private static readonly HashSet<string> Inline =
        [.. "a abbr b bdi bdo big cite code del dfn em font i img ins kbd label mark q s small span strike strong sub sup time tt u var".Split(' ')];

    private static readonly HashSet<string> Void = [.. "area base br col embed hr img input link meta source track wbr".Split(' ')];

    /// <summary>Null when both mean the same, else the first difference.</summary>
    public static string? Difference(string expected, string actual)
    {
        var a = Lines(expected);
        var b = Lines(actual);
        var at = a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
        return at == a.Count && at == b.Count
            ? null
            : $"part {at}\n  expected {a.ElementAtOrDefault(at) ?? "(end)"}\n  actual   {b.ElementAtOrDefault(at) ?? "(end)"}\n  behind   {string.Join(' ', a.Take(at).TakeLast(3))}";
    }

    public static IReadOnlyList<string> Lines(string html)
    {
        var parts = new List<Part>();
        Read(WithPlainIds(html), parts);
        return Written(Joined(parts));
    }

    private static string WithPlainIds(string html)
    {
        var known = new Dictionary<string, string>();
        return RandomId().Replace(html, m =>
            known.TryGetValue(m.Value, out var id) ? id : known[m.Value] = $"id{known.Count + 1}");
    }

    private static void Read(string html, List<Part> parts)
    {
        using var source = new TextSource(html);
        var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { IsAcceptingCharacterData = false };
        for (var token = tokenizer.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokenizer.Get())
        {
            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    ReadStart(token.AsTag(), tokenizer, parts);
                    break;
                case HtmlTokenType.EndTag when !Void.Contains(token.Name):
                    parts.Add(new Part(Kind.End, $"</{token.Name}>", token.Name));
                    break;
                case HtmlTokenType.Character:
                    parts.Add(new Part(Kind.Text, token.Data, ""));
                    break;
                case HtmlTokenType.Comment:
                    ReadComment(token.Data, parts);
                    break;
                case HtmlTokenType.Doctype:
                    parts.Add(new Part(Kind.Other, "<!doctype>", ""));
                    break;
            }
        }
    }

    private static void ReadStart(HtmlTagToken tag, HtmlTokenizer tokenizer, List<Part> parts)
    {
        var attributes = tag.Attributes.Select(a => (Name: a.Name.ToLowerInvariant(), Value: Normal(a.Name, a.Value)))
            .Where(a => a.Value.Length > 0 || a.Name is not ("class" or "style")).OrderBy(a => a.Name, StringComparer.Ordinal);
        parts.Add(new Part(Kind.Start, $"<{tag.Name}{string.Concat(attributes.Select(a => $" {a.Name}=\"{a.Value}\""))}>", tag.Name));
        if (tag.Name == "style")
        {
            tokenizer.State = HtmlParseMode.Rawtext;
            var css = tokenizer.Get();
            if (css.Type == HtmlTokenType.Character)
            {
                parts.AddRange(Rules(css.Data).Select(rule => new Part(Kind.Other, rule, "")));
                css = tokenizer.Get();
            }

            tokenizer.State = HtmlParseMode.PCData;
            parts.Add(new Part(Kind.End, "</style>", "style"));
        }
    }

    private static string Normal(string name, string value) => name.ToLowerInvariant() switch
    {
        "style" => string.Join("; ", Split(value, ';').Select(Declaration).Where(d => d.Length > 0).Order(StringComparer.Ordinal)),
        "class" => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)),
        _ => Colors(Spaces(value)),
    };

    private static string Declaration(string text)
    {
        var colon = text.IndexOf(':');
        return colon < 0 ? Spaces(text)
            : $"{Spaces(text[..colon]).ToLowerInvariant()}:{Colors(Comma().Replace(Spaces(text[(colon + 1)..]), ",").Replace('"', '\''))}";
    }

    private static IEnumerable<string> Rules(string css) =>
        Colors(Tight().Replace(Spaces(css), "$1")).Split('}', StringSplitOptions.RemoveEmptyEntries)
            .Select(rule => "css " + rule.TrimEnd(';', ' ')).Where(rule => rule.Length > 4);

    private static void ReadComment(string comment, List<Part> parts)
    {
        var condition = Condition().Match(comment);
        if (condition.Success)
        {
            parts.Add(new Part(Kind.Open, $"[if {Spaces(condition.Groups[1].Value)}]", ""));
            if (condition.Groups[2].Value is not ("<!" or "<!--"))
            {
                Read(condition.Groups[2].Value, parts);
                parts.Add(new Part(Kind.Close, "[endif]", ""));
            }
        }
        else if (comment.Trim() == "<![endif]")
        {
            parts.Add(new Part(Kind.Close, "[endif]", ""));
        }
        else
        {
            parts.Add(new Part(Kind.Other, $"<!--{Spaces(comment)}-->", ""));
        }
    }

    // Two comments for the same Outlook with nothing between are one; text is what the tokenizer gave in pieces.
    private static List<Part> Joined(List<Part> parts)
    {
        var joined = new List<Part>();
        var open = new Stack<string>();
        string? closed = null;
        foreach (var part in parts)
        {
            var last = joined.Count > 0 ? joined[^1] : new Part(Kind.Other, "", "");
            if (part.Kind == Kind.Text && last.Kind is Kind.Open or Kind.Close && string.IsNullOrWhiteSpace(part.Text))
            {
                continue;
            }

            if (part.Kind == Kind.Open && last.Kind == Kind.Close && closed == part.Text)
            {
                joined.RemoveAt(joined.Count - 1);
                open.Push(part.Text);
                continue;
            }

            if (part.Kind == Kind.Open)
            {
                open.Push(part.Text);
            }

            closed = part.Kind == Kind.Close && open.Count > 0 ? open.Pop() : null;
            if (part.Kind == Kind.Text && last.Kind == Kind.Text)
            {
                joined[^1] = last with { Text = last.Text + part.Text };
            }
            else
            {
                joined.Add(part);
            }
        }

        return joined;
    }

    private static List<string> Written(List<Part> parts)
    {
        var lines = new List<string>();
        for (var i = 0; i < parts.Count; i++)
        {
            var text = parts[i].Text;
            if (parts[i].Kind == Kind.Text)
            {
                text = White().Replace(text, " ");
                text = IsInline(parts, i - 1) ? text : text.TrimStart();
                text = IsInline(parts, i + 1) ? text : text.TrimEnd();
                if (text.Length == 0)
                {
                    continue;
                }

                text = $"\"{text}\"";
            }

            lines.Add(text);
        }

        return lines;
    }

    private static bool IsInline(List<Part> parts, int at) =>
        at >= 0 && at < parts.Count && parts[at].Kind is Kind.Start or Kind.End && Inline.Contains(parts[at].Name);

    private static IEnumerable<string> Split(string text, char separator)
    {
        var part = new StringBuilder();
        var depth = 0;
        foreach (var c in text)
        {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == separator && depth <= 0)
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        yield return part.ToString();
    }

    private static string Spaces(string text) => White().Replace(text, " ").Trim();

    private static string Colors(string text) => HexColor().Replace(text, m => m.Value.ToLowerInvariant());

    [GeneratedRegex("(?<![0-9a-zA-Z])[0-9a-f]{16}(?![0-9a-zA-Z])")]
    private static partial Regex RandomId();

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();

    [GeneratedRegex(@"\s*,\s*")]
    private static partial Regex Comma();

    [GeneratedRegex(@"\s*([{}:;,>+~!])\s*")]
    private static partial Regex Tight();

    [GeneratedRegex("#[0-9a-fA-F]{3,8}\\b")]
    private static partial Regex HexColor();

    [GeneratedRegex(@"^\s*\[if([^\]]*)\]>(.*?)(?:<!\[endif\]\s*)?$", RegexOptions.Singleline)]
    private static partial Regex Condition();

    private sealed record Part(Kind Kind, string Text, string Name);

    private enum Kind
    {
        Start,
        End,
        Text,
        Open,
        Close,
        Other,
    }
}
