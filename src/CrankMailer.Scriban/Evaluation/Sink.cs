using System.Buffers;
using System.Text;
using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>Where the evaluator writes at the moment.</summary>
internal abstract class Sink
{
    public virtual void Raw(RawText raw) => Literal(raw.Text);

    public abstract void Literal(ReadOnlySpan<char> text);

    public abstract void Value(ReadOnlySpan<char> text);

    /// <summary>Writes captured text so that each part keeps its origin.</summary>
    public void Live(LiveText text)
    {
        var position = 0;
        foreach (var (start, length) in text.Live)
        {
            if (start > position) Value(text.Text.AsSpan(position, start - position));
            Literal(text.Text.AsSpan(start, length));
            position = start + length;
        }
        if (position < text.Text.Length) Value(text.Text.AsSpan(position));
    }
}

/// <summary>UTF-8 without a string in between; literal text was encoded when the template was parsed.</summary>
internal sealed class Utf8Sink(IBufferWriter<byte> output) : Sink
{
    public override void Raw(RawText raw) => output.Write(raw.Utf8);

    public override void Literal(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, output);

    public override void Value(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, output);
}

internal sealed class WriterSink(TextWriter output) : Sink
{
    public override void Raw(RawText raw) => output.Write(raw.Text);

    public override void Literal(ReadOnlySpan<char> text) => output.Write(text);

    public override void Value(ReadOnlySpan<char> text) => output.Write(text);
}

internal sealed class OutputSink(ScribanOutput output) : Sink
{
    public override void Literal(ReadOnlySpan<char> text) => output.WriteLiteral(text);

    public override void Value(ReadOnlySpan<char> text) => output.WriteValue(text);
}

/// <summary>Passes every value through the host's escaping.</summary>
internal sealed class EscapingSink(Sink inner, Func<string, string> escape) : Sink
{
    public override void Raw(RawText raw) => inner.Raw(raw);

    public override void Literal(ReadOnlySpan<char> text) => inner.Literal(text);

    public override void Value(ReadOnlySpan<char> text) => inner.Value(escape(text.ToString()));
}

/// <summary>Collects what a capture or an include writes, with its origin where that will matter.</summary>
internal sealed class CaptureSink(bool tracksOrigin) : Sink
{
    private readonly StringBuilder text = new();
    private readonly List<(int Start, int Length)> live = [];

    public override void Literal(ReadOnlySpan<char> literal)
    {
        if (tracksOrigin && literal.Length > 0) AddLive(literal.Length);
        text.Append(literal);
    }

    public override void Value(ReadOnlySpan<char> value) => text.Append(value);

    public int Length => text.Length;

    /// <summary>A string, or a LiveText where some of it is literal text.</summary>
    public object Result => live.Count == 0 ? text.ToString() : new LiveText(text.ToString(), live);

    private void AddLive(int length)
    {
        if (live.Count > 0 && live[^1].Start + live[^1].Length == text.Length) live[^1] = (live[^1].Start, live[^1].Length + length);
        else live.Add((text.Length, length));
    }
}
