using CrankMailer.Model;

namespace CrankMailer.Authoring.Markdown;

/// <summary>The Markdown part of a file, line by line: as written, and with its holes masked for parsing. Collects what is to be reported.</summary>
internal sealed class MarkdownSource
{
    private readonly int firstLine;
    private readonly List<Problem> problems;

    /// <param name="firstLine">1-based line of the file at which <paramref name="text"/> begins.</param>
    public MarkdownSource(string text, string file, int firstLine, List<Problem> problems)
    {
        File = file;
        this.firstLine = firstLine;
        this.problems = problems;
        Masked = Holes.Mask(text);
        Lines = text.Split('\n');
        MaskedLines = Masked.Split('\n');
    }

    public string File { get; }
    public string Masked { get; }
    public string[] Lines { get; }
    public string[] MaskedLines { get; }

    /// <param name="line">0-based line of this text.</param>
    public void Warn(string code, string text, int line, int column = 1) =>
        problems.Add(new Problem(Severity.Warning, code, text, File, firstLine + line, column));

    public void Note(string code, string text, int line, int column = 1) =>
        problems.Add(new Problem(Severity.Note, code, text, File, firstLine + line, column));

    public void Error(string code, string text, int line, int column = 1) =>
        problems.Add(new Problem(Severity.Error, code, text, File, firstLine + line, column));
}
