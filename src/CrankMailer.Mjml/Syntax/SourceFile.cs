namespace CrankMailer.Mjml.Syntax;

/// <summary>A document or an included file: its text, and where an offset lies in it.</summary>
internal sealed class SourceFile(string name, string text, SourceFile? includedBy = null)
{
    private int[]? lineStarts;

    public string Name { get; } = name;

    public string Text { get; } = text;

    public SourceFile? IncludedBy { get; } = includedBy;

    public MjmlProblem Problem(int offset, string tag, string message, MjmlSeverity severity = MjmlSeverity.Error)
    {
        var (line, column) = Place(offset);
        return new MjmlProblem(Name, line, column, tag, message, severity);
    }

    private (int Line, int Column) Place(int offset)
    {
        lineStarts ??= FindLines(Text);
        var at = Array.BinarySearch(lineStarts, offset);
        var line = at >= 0 ? at : ~at - 1;
        return (line + 1, offset - lineStarts[line] + 1);
    }

    private static int[] FindLines(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = text.IndexOf('\n'); i >= 0; i = text.IndexOf('\n', i + 1))
        {
            starts.Add(i + 1);
        }

        return [.. starts];
    }
}
