using System.Text.Json;

namespace CrankMailer.Authoring.Markdown;

/// <summary>
/// Reads an attribute block, strictly: what is not one to the letter is text. Values are bare words, quoted strings with <c>\"</c>
/// and <c>\\</c>, or after <c>:=</c> any JSON value.
/// </summary>
internal sealed class AttributeReader
{
    private readonly string text;
    private readonly bool withKind;
    private readonly Dictionary<string, JsonElement> values = [];
    private int at;
    private string? kind;
    private string? id;

    private AttributeReader(string text, int start, bool withKind)
    {
        this.text = text;
        this.withKind = withKind;
        at = start;
    }

    /// <summary>Splits a block off the end of <paramref name="text"/>; the rest comes without blanks at its end.</summary>
    /// <param name="withKind">Only headings name a kind; elsewhere <c>{.x}</c> is text.</param>
    public static AttributeBlock Split(string text, bool withKind, out string rest)
    {
        var trimmed = text.TrimEnd(' ', '\t');
        rest = trimmed;
        if (!trimmed.EndsWith('}')) return AttributeBlock.Empty;
        var masked = Holes.Mask(trimmed);
        for (var i = 0; i < masked.Length; i++)
        {
            if (masked[i] == '\\') { i++; continue; }
            if (masked[i] != '{' || TryRead(trimmed, i, withKind, out var end) is not { } block || end != trimmed.Length) continue;
            rest = trimmed[..i].TrimEnd(' ', '\t');
            return block;
        }
        return AttributeBlock.Empty;
    }

    /// <summary>Reads the block that begins at <paramref name="start"/>; null when there is none.</summary>
    public static AttributeBlock? TryRead(string text, int start, bool withKind, out int end)
    {
        var reader = new AttributeReader(text, start, withKind);
        var read = reader.ReadBlock();
        end = reader.at;
        return read ? new AttributeBlock(reader.kind, reader.id, reader.values) : null;
    }

    private bool ReadBlock()
    {
        if (at >= text.Length || text[at++] != '{') return false;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t') at++;
            if (at >= text.Length) return false;
            if (text[at] == '}') { at++; return true; }
            if (!ReadToken()) return false;
            if (at < text.Length && text[at] is not (' ' or '\t' or '}')) return false;
        }
    }

    private bool ReadToken() => text[at] switch
    {
        '.' => withKind && kind is null && (kind = Name(at + 1)) is not null,
        '#' => id is null && (id = Name(at + 1)) is not null,
        _ => ReadPair(),
    };

    private bool ReadPair()
    {
        if (Name(at) is not { } key || at >= text.Length) return false;
        var json = text[at] == ':';
        if (json) at++;
        if (at >= text.Length || text[at++] != '=') return false;
        var value = json ? Json() : at < text.Length && text[at] == '"' ? Quoted() : Bare();
        return value is { } element && values.TryAdd(key, element);
    }

    private string? Name(int start)
    {
        at = start;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or '_')) at++;
        return at > start ? text[start..at] : null;
    }

    private JsonElement? Bare()
    {
        var start = at;
        while (at < text.Length && text[at] is not (' ' or '\t' or '{' or '}' or '"' or '=')) at++;
        return at > start ? JsonSerializer.SerializeToElement(text[start..at]) : null;
    }

    private JsonElement? Quoted()
    {
        var value = new System.Text.StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\') at++;
            value.Append(text[at]);
        }
        return at++ < text.Length ? JsonSerializer.SerializeToElement(value.ToString()) : null;
    }

    private JsonElement? Json()
    {
        var start = at;
        for (var depth = 0; at < text.Length; at++)
        {
            if (text[at] == '"' && !SkipString()) return null;
            else if (text[at] is '{' or '[') depth++;
            else if (depth == 0 && text[at] is ' ' or '\t' or '}') break;
            else if (text[at] is '}' or ']' && --depth < 0) return null;
        }
        try
        {
            var value = JsonSerializer.Deserialize<JsonElement>(text.AsSpan(start, at - start));
            return JsonText.IsSound(value) ? value : null;
        }
        catch (JsonException)
        {
            return null; // not JSON, so this is no attribute block but text
        }
    }

    /// <summary>From the opening quote to the closing one.</summary>
    private bool SkipString()
    {
        for (at++; at < text.Length && text[at] != '"'; at++)
            if (text[at] == '\\') at++;
        return at < text.Length;
    }
}
