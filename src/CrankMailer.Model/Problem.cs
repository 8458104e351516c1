namespace CrankMailer.Model;

/// <summary>How much a <see cref="Problem"/> weighs.</summary>
public enum Severity
{
    /// <summary>Good to know; nothing to mend.</summary>
    Note,

    /// <summary>Better mended; does not block.</summary>
    Warning,

    /// <summary>Blocks: the issue cannot be sent, the file cannot be read.</summary>
    Error,
}

/// <summary>What is wrong, where, and how to mend it. The one form in which bad input is reported, on a terminal and in the console.</summary>
/// <param name="Code">Stable short name, such as <c>empty-section</c>; empty for a reader's syntax error.</param>
/// <param name="Text">What is wrong and how to mend it, one sentence or two.</param>
/// <param name="File">File or field name; null when the whole thing is meant.</param>
/// <param name="Line">1-based line; null when there is none.</param>
/// <param name="Column">1-based column.</param>
/// <param name="Item">Path into the document, such as <c>sections[2].items[4].sources[0].url</c>, so that a form can show it beside the field.</param>
public sealed record Problem(Severity Severity, string Code, string Text, string? File = null, int? Line = null, int? Column = null, string? Item = null)
{
    /// <summary><c>file(line,col): error: text</c> (design §7).</summary>
    public override string ToString()
    {
        var place = Line is { } line ? $"{File}({line},{Column ?? 1}): " : File is { } file ? $"{file}: " : "";
        var item = Line is null && Item is { } path ? $"{path}: " : "";
        return $"{place}{Severity.ToString().ToLowerInvariant()}: {item}{Text}";
    }
}

/// <summary>Input that cannot be used at all. Carries every problem found, not just the first.</summary>
public sealed class ProblemException(IReadOnlyList<Problem> problems)
    : Exception(string.Join('\n', problems.Select(p => p.ToString())))
{
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
