namespace CrankMailer.Mjml;

/// <summary>What is wrong at one place of a document.</summary>
/// <param name="File">Name of the source the place is in: the document's own, or that of an included file.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in UTF-16 units.</param>
/// <param name="Tag">The element concerned, such as <c>mj-text</c>; empty where there is none.</param>
/// <param name="Message">What is wrong, in mjml's words where mjml has words for it.</param>
/// <param name="Severity">Warnings never refuse a document, not even a strict one.</param>
public sealed record MjmlProblem(string File, int Line, int Column, string Tag, string Message, MjmlSeverity Severity)
{
    /// <summary><c>file(line,col): error: message</c>, the form of every message of CrankMailer.</summary>
    public override string ToString()
    {
        var word = Severity == MjmlSeverity.Error ? "error" : "warning";
        return Tag.Length == 0
            ? $"{File}({Line},{Column}): {word}: {Message}"
            : $"{File}({Line},{Column}): {word}: {Message} (in {Tag})";
    }
}

/// <summary>Whether mjml itself objects (error), or only we do, because what was meant is surely not what happens (warning).</summary>
public enum MjmlSeverity
{
    Warning,
    Error,
}
