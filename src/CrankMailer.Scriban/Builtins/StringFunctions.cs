using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CrankMailer.Scriban.Values;
using static CrankMailer.Scriban.Values.BuiltinParameter;

namespace CrankMailer.Scriban.Builtins;

/// <summary>The <c>string</c> module. Null is taken for an empty text almost everywhere.</summary>
internal static class StringFunctions
{
    private static readonly Regex LineEnds = new(@"\r\n|\r|\n", RegexOptions.NonBacktracking);

    public static ScriptObject Create()
    {
        var module = new ScriptObject();
        AddTests(module);
        AddChanges(module);
        AddParts(module);
        AddConversions(module);
        HashFunctions.AddTo(module);
        return module;
    }

    private static void AddTests(ScriptObject module)
    {
        module.Add("contains", c => c.Text(1) is { } value && Of(c).Contains(value, StringComparison.Ordinal) && c.Text(0) is not null, Text("text"), Text("value"));
        module.Add("empty", c => string.IsNullOrEmpty(c.Text(0)), Text("text"));
        module.Add("whitespace", c => string.IsNullOrWhiteSpace(c.Text(0)), Text("text"));
        module.Add("ends_with", c => c.Text(1) is { } value && c.Text(0) is { } text && text.EndsWith(value, StringComparison.Ordinal), Text("text"), Text("value"));
        module.Add("starts_with", c => c.Text(1) is { } value && c.Text(0) is { } text && text.StartsWith(value, StringComparison.Ordinal), Text("text"), Text("value"));
        module.Add("equals_ignore_case", c => string.Equals(c.Text(0), c.Text(1), StringComparison.OrdinalIgnoreCase), Text("text"), Text("value"));
        module.Add("size", c => Of(c).Length, Text("text"));
        module.Add("index_of", IndexOf, Text("text"), Text("search"), Any("startIndex").Or(null), Any("count").Or(null), Text("stringComparison").Or(null));
    }

    private static void AddChanges(ScriptObject module)
    {
        module.Add("append", c => Of(c) + c.Text(1), Text("text"), Text("with"));
        module.Add("prepend", c => c.Text(1) + Of(c), Text("text"), Text("by"));
        module.Add("capitalize", Capitalize, Text("text"));
        module.Add("capitalizewords", CapitalizeWords, Text("text"));
        module.Add("downcase", c => c.Text(0)?.ToLowerInvariant(), Text("text"));
        module.Add("upcase", c => c.Text(0)?.ToUpperInvariant(), Text("text"));
        module.Add("escape", c => Escapes.Escape(Of(c)), Text("text"));
        module.Add("literal", c => c.Text(0) is { } text ? $"\"{Escapes.Escape(text)}\"" : null, Text("text"));
        module.Add("handleize", Handleize, Text("text"));
        module.Add("lstrip", c => c.Text(0)?.TrimStart(), Text("text"));
        module.Add("rstrip", c => c.Text(0)?.TrimEnd(), Text("text"));
        module.Add("strip", c => c.Text(0)?.Trim(), Text("text"));
        module.Add("strip_newlines", c => LineEnds.Replace(Of(c), ""), Text("text"));
        module.Add("pluralize", c => c.Int(0) == 1 ? c.Text(1) : c.Text(2), Int("number"), Text("singular"), Text("plural"));
        module.Add("remove", c => Replace(c, c.Text(1), ""), Text("text"), Text("remove"));
        module.Add("remove_first", c => ReplaceOne(c, c.Text(1), "", fromEnd: false), Text("text"), Text("remove"));
        module.Add("remove_last", c => ReplaceOne(c, c.Text(1), "", fromEnd: true), Text("text"), Text("remove"));
        module.Add("replace", c => Replace(c, c.Text(1), c.Text(2) ?? ""), Text("text"), Text("match"), Text("replace"));
        module.Add("replace_first", c => ReplaceOne(c, c.Text(1), c.Text(2) ?? "", c.Bool(3)),
            Text("text"), Text("match"), Text("replace"), new BuiltinParameter("fromEnd", ParameterKind.Bool).Or(false));
        module.Add("pad_left", c => Of(c).PadLeft(Width(c)), Text("text"), Int("width"));
        module.Add("pad_right", c => Of(c).PadRight(Width(c)), Text("text"), Int("width"));
    }

    private static void AddParts(ScriptObject module)
    {
        module.Add("slice", c => Slice(Of(c), c.Int(1), c.Any(2) is null ? null : Conversions.ToInt(c.Any(2), c.Site.Span)),
            Text("text"), Int("start"), Any("length").Or(null));
        module.Add("slice1", c => Slice(Of(c), c.Int(1), c.Int(2)), Text("text"), Int("start"), Int("length").Or(1));
        module.Add("split", c => new ScriptArray(Of(c).Split(c.Text(1) ?? "", StringSplitOptions.RemoveEmptyEntries)), Text("text"), Text("match"));
        module.Add("truncate", Truncate, Text("text"), Int("length"), Text("ellipsis").Or(null));
        module.Add("truncatewords", TruncateWords, Text("text"), Int("count"), Text("ellipsis").Or(null));
    }

    private static void AddConversions(ScriptObject module)
    {
        var invariant = CultureInfo.InvariantCulture;
        module.Add("to_int", c => int.TryParse(c.Text(0), NumberStyles.Integer, invariant, out var n) ? n : null, Text("text"));
        module.Add("to_long", c => long.TryParse(c.Text(0), NumberStyles.Integer, invariant, out var n) ? n : null, Text("text"));
        module.Add("to_float", c => float.TryParse(c.Text(0), NumberStyles.Float | NumberStyles.AllowThousands, invariant, out var n) ? n : null, Text("text"));
        module.Add("to_double", c => double.TryParse(c.Text(0), NumberStyles.Float | NumberStyles.AllowThousands, invariant, out var n) ? n : null, Text("text"));
    }

    private static string Of(BuiltinCall call) => call.Text(0) ?? "";

    private static string Capitalize(BuiltinCall call)
    {
        var text = Of(call);
        return text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string CapitalizeWords(BuiltinCall call)
    {
        var result = new StringBuilder(Of(call));
        var startsWord = true;
        for (var i = 0; i < result.Length; i++)
        {
            if (startsWord) result[i] = char.ToUpperInvariant(result[i]);
            startsWord = char.IsWhiteSpace(result[i]);
        }
        return result.ToString();
    }

    /// <summary>Letters and digits in lower case; a hyphen for every run of anything else, but none at the end.</summary>
    private static string Handleize(BuiltinCall call)
    {
        var result = new StringBuilder();
        foreach (var c in Of(call))
        {
            if (char.IsLetterOrDigit(c)) result.Append(char.ToLowerInvariant(c));
            else if (result.Length == 0 || result[^1] != '-') result.Append('-');
        }
        if (result.Length > 0 && result[^1] == '-') result.Length--;
        return result.ToString();
    }

    private static string Replace(BuiltinCall call, string? match, string replacement)
    {
        var text = Of(call);
        if (string.IsNullOrEmpty(match)) return text;
        if (replacement.Length > match.Length)
        {
            var times = text.AsSpan().Count(match);
            call.Evaluator.Budget.ChargeText(text.Length + (long)times * (replacement.Length - match.Length), call.Site.Span);
        }
        return text.Replace(match, replacement, StringComparison.Ordinal);
    }

    private static string ReplaceOne(BuiltinCall call, string? match, string replacement, bool fromEnd)
    {
        var text = Of(call);
        if (string.IsNullOrEmpty(match)) return text;
        var at = fromEnd ? text.LastIndexOf(match, StringComparison.Ordinal) : text.IndexOf(match, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + match.Length));
    }

    private static int Width(BuiltinCall call)
    {
        var width = Math.Max(0, call.Int(1));
        call.Evaluator.Budget.ChargeText(width, call.Site.Span);
        return width;
    }

    /// <summary>A negative start counts from the end; what lies before the text is cut from the length.</summary>
    private static string Slice(string text, int start, int? length)
    {
        if (start >= text.Length) return "";
        long from = start < 0 ? (long)start + text.Length : start;
        var to = from + (length ?? text.Length);
        from = Math.Max(0, from);
        to = Math.Min(text.Length, to);
        return to <= from ? "" : text[(int)from..(int)to];
    }

    private static string Truncate(BuiltinCall call)
    {
        var text = Of(call);
        if (text.Length <= call.Int(1)) return text;
        var ellipsis = call.Text(2) ?? "...";
        return string.Concat(text.AsSpan(0, Math.Max(0, Math.Min(text.Length, call.Int(1) - ellipsis.Length))), ellipsis);
    }

    /// <summary>Scriban takes an ellipsis as an argument but always writes three dots, even where nothing was cut.</summary>
    private static string TruncateWords(BuiltinCall call)
    {
        var text = Of(call);
        if (text.Length == 0) return "";
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(call.Int(1));
        return string.Join(' ', words) + "...";
    }

    private static object IndexOf(BuiltinCall call)
    {
        var text = Of(call);
        var start = call.Any(2) is { } from ? Conversions.ToInt(from, call.Site.Span) : 0;
        if (start < 0 || start > text.Length) throw call.Error($"The startIndex `{start}` is outside of the text");
        var count = call.Any(3) is { } some ? Conversions.ToInt(some, call.Site.Span) : text.Length - start;
        if (count < 0 || count > text.Length - start) throw call.Error($"The count `{count}` goes beyond the text");
        return text.IndexOf(call.Text(1) ?? "", start, count, Comparison(call));
    }

    private static StringComparison Comparison(BuiltinCall call) => call.Text(4) switch
    {
        null => StringComparison.InvariantCulture,
        var name when Enum.TryParse<StringComparison>(name, ignoreCase: true, out var comparison) && Enum.IsDefined(comparison) => comparison,
        var name => throw call.Error($"The string comparison `{name}` is not known"),
    };
}
