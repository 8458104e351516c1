namespace CrankMailer.Scriban.Syntax;

/// <summary>One template's text and the name its errors carry.</summary>
internal sealed class SourceText(string name, string text)
{
    public string Name { get; } = name;

    public string Text { get; } = text;

    /// <summary>One-based line and column of an offset; a CR LF pair counts as one line end.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        var end = Math.Clamp(offset, 0, Text.Length);
        var before = Text.AsSpan(0, end);
        var line = before.Count('\n') + 1;
        var lineStart = before.LastIndexOf('\n') + 1;
        return (line, end - lineStart + 1);
    }
}

/// <summary>A stretch of a template, from Start up to but not including End.</summary>
internal readonly record struct SourceSpan(SourceText Source, int Start, int End)
{
    public string Text => Source.Text[Start..Math.Min(End, Source.Text.Length)];

    public SourceSpan To(SourceSpan end) => this with { End = Math.Max(End, end.End) };

    /// <summary>The empty place just behind this span: where Scriban points at something missing.</summary>
    public SourceSpan After => this with { Start = End };

    public ScribanProblem Problem(string text)
    {
        var (line, column) = Source.Locate(Start);
        return new ScribanProblem(Source.Name, line, column, text);
    }

    public ScribanException Error(string text) => new([Problem(text)]);
}
