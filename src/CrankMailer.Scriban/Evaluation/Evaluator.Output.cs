using System.Globalization;
using CrankMailer.Scriban.Builtins;
using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.TwoPhase;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>Writing, with auto-indentation: further lines of a value that stands behind an indent are indented alike.</summary>
internal sealed partial class Evaluator
{
    private record struct OutputState(string? Indent, bool AtLineStart);

    private OutputState outputState;
    private long written;
    private long shown;

    private void WriteRaw(RawStatement statement)
    {
        var raw = statement.Raw;
        if (raw.Text.Length > 0)
        {
            Count(raw.Text.Length, statement.Span);
            sink.Raw(raw);
            outputState.AtLineStart = raw.Text[^1] == '\n';
        }
        outputState.Indent = options.AutoIndent ? raw.Indent : null;
    }

    /// <summary>Markup of the language itself, such as the rows of a <c>tablerow</c>.</summary>
    private void WriteLiteral(string text, SourceSpan span)
    {
        Count(text.Length, span);
        sink.Literal(text);
        outputState.AtLineStart = text[^1] == '\n';
    }

    public void Write(object? value, SourceSpan span)
    {
        try
        {
            WriteValue(value, span);
        }
        catch (UnsafeValueException e)
        {
            throw span.Error(e.Message);
        }
    }

    private void WriteValue(object? value, SourceSpan span)
    {
        if (value is null) return;
        if (value is LiveText live)
        {
            if (outputState.Indent is not null && live.Text.Contains('\n')) live = Indented(live);
            if (live.Text.Length == 0) return;
            Count(live.Text.Length, span);
            sink.Live(live);
            outputState.AtLineStart = live.Text[^1] == '\n';
            return;
        }
        var text = ToText(value, span);
        if (text.Length == 0) return;
        Count(text.Length, span);
        if (outputState.Indent is null || !outputState.AtLineStart && !text.Contains('\n')) sink.Value(text);
        else WriteIndented(text, outputState.Indent, span);
        outputState.AtLineStart = text[^1] == '\n';
    }

    private void WriteIndented(string text, string indent, SourceSpan span)
    {
        var atLineStart = outputState.AtLineStart;
        for (var start = 0; start < text.Length;)
        {
            if (atLineStart)
            {
                Count(indent.Length, span);
                sink.Literal(indent);
            }
            var end = text.IndexOf('\n', start) + 1;
            atLineStart = end > 0;
            if (end == 0) end = text.Length;
            sink.Value(text.AsSpan(start, end - start));
            start = end;
        }
    }

    /// <summary>The same for text with origins, whose ranges move along.</summary>
    private LiveText Indented(LiveText live)
    {
        var outer = outputState;
        var indent = outputState.Indent ?? "";
        var result = new CaptureSink(true);
        var position = 0;
        foreach (var (start, length) in live.Live.Append((live.Text.Length, 0)))
        {
            AppendIndented(result, live.Text[position..start], indent, isLive: false);
            AppendIndented(result, live.Text.Substring(start, length), indent, isLive: true);
            position = start + length;
        }
        outputState = outer;
        return result.Result as LiveText ?? live;
    }

    private void AppendIndented(CaptureSink result, string text, string indent, bool isLive)
    {
        for (var start = 0; start < text.Length;)
        {
            if (outputState.AtLineStart) result.Literal(indent);
            var end = text.IndexOf('\n', start) + 1;
            outputState.AtLineStart = end > 0;
            if (end == 0) end = text.Length;
            if (isLive) result.Literal(text.AsSpan(start, end - start));
            else result.Value(text.AsSpan(start, end - start));
            start = end;
        }
    }

    private void Count(int length, SourceSpan span)
    {
        written += length;
        if (sink is CaptureSink) Budget.ChargeText(length, span);
        if (written > Budget.Limits.TextLength * 4L || sink is not CaptureSink && (shown += length) > Budget.Limits.TextLength)
            throw span.Error($"Exceeding the limit of `{Budget.Limits.TextLength}` characters of output.");
    }

    public string ToText(object value, SourceSpan span)
    {
        if (value is string text) return text;
        var formatted = new Formatter(this, span).Format(value);
        if (formatted.Length > 64) Budget.ChargeText(formatted.Length, span);
        return formatted;
    }

    /// <summary>A date as <c>date.format</c> says.</summary>
    public string FormatDate(DateTime date, SourceSpan span)
    {
        var pattern = dateModule.TryGet("format", out var format) && format is string text ? text : DateFunctions.DefaultFormat;
        return DateFormat.Format(date, pattern, Culture, Budget, span);
    }

    /// <summary>The order of texts in the render's culture; letters sort a A b B.</summary>
    public int CompareText(string left, string right) => string.Compare(left, right, Culture, CompareOptions.None);
}
