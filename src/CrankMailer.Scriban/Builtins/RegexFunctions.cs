using System.Text;
using System.Text.RegularExpressions;
using CrankMailer.Scriban.Values;
using static CrankMailer.Scriban.Values.BuiltinParameter;

namespace CrankMailer.Scriban.Builtins;

/// <summary>The <c>regex</c> module. Every match is bounded by the time limit of the render.</summary>
internal static class RegexFunctions
{
    public static ScriptObject Create()
    {
        var module = new ScriptObject();
        module.Add("escape", c => c.Text(0) is { } text ? Regex.Escape(text) : "", Text("pattern"));
        module.Add("unescape", Unescape, Text("pattern"));
        module.Add("match", c => Guard(c, Match), Text("text"), Text("pattern"), Text("options").Or(null));
        module.Add("matches", c => Guard(c, Matches), Text("text"), Text("pattern"), Text("options").Or(null));
        module.Add("split", c => Guard(c, Split), Text("text"), Text("pattern"), Text("options").Or(null));
        module.Add("replace", c => Guard(c, Replace), Text("text"), Text("pattern"), Text("replace"), Text("options").Or(null));
        return module;
    }

    private static object? Unescape(BuiltinCall call)
    {
        try
        {
            return call.Text(0) is { } text ? Regex.Unescape(text) : "";
        }
        catch (ArgumentException e)
        {
            throw call.Error(e.Message);
        }
    }

    private static object? Guard(BuiltinCall call, Func<BuiltinCall, Regex, object?> use)
    {
        if (call.Text(1) is not { } pattern) return call.Any(0);
        var options = call.Text(call.Arguments.Length - 1);
        try
        {
            return use(call, new Regex(pattern, Options(call, options), call.Evaluator.Budget.Limits.RegexTimeout));
        }
        catch (RegexMatchTimeoutException)
        {
            throw call.Error($"The regular expression `{pattern}` takes too long");
        }
        catch (RegexParseException e)
        {
            throw call.Error(e.Message);
        }
    }

    private static RegexOptions Options(BuiltinCall call, string? letters)
    {
        var result = RegexOptions.CultureInvariant;
        foreach (var letter in letters ?? "")
        {
            result |= letter switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => throw call.Error($"Unsupported regex option `{letter}`. Only i, m, s and x are"),
            };
        }
        return result;
    }

    private static ScriptArray Match(BuiltinCall call, Regex regex)
    {
        var match = regex.Match(call.Text(0) ?? "");
        return match.Success ? Groups(match) : new ScriptArray();
    }

    private static ScriptArray Matches(BuiltinCall call, Regex regex)
    {
        var result = new ScriptArray();
        foreach (Match match in regex.Matches(call.Text(0) ?? ""))
        {
            call.Evaluator.Budget.ChargeWork(match.Groups.Count, call.Site.Span);
            result.Add(Groups(match));
        }
        return result;
    }

    private static ScriptArray Groups(Match match) => new(match.Groups.Values.Select(g => (object?)g.Value));

    private static ScriptArray Split(BuiltinCall call, Regex regex) => new(regex.Split(call.Text(0) ?? ""));

    private static string Replace(BuiltinCall call, Regex regex)
    {
        var text = call.Text(0) ?? "";
        var replacement = call.Text(2) ?? "";
        var result = new StringBuilder();
        var position = 0;
        // By hand and not by Regex.Replace, so that a result beyond the limit is never built.
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            result.Append(text, position, match.Index - position).Append(match.Result(replacement));
            position = match.Index + match.Length;
            if (result.Length > call.Evaluator.Budget.Limits.TextLength) call.Evaluator.Budget.ChargeText(result.Length, call.Site.Span);
        }
        return result.Append(text, position, text.Length - position).ToString();
    }
}
