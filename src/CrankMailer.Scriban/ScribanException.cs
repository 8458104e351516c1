namespace CrankMailer.Scriban;

/// <summary>A template does not parse, failed while running, or exceeded a limit. The message begins <c>name(line,col) : error : </c>.</summary>
public sealed class ScribanException : Exception
{
    internal ScribanException(IReadOnlyList<ScribanProblem> problems, Exception? inner = null)
        : base(string.Join('\n', problems), inner) => Problems = problems;

    /// <summary>At least one; several only for parse errors.</summary>
    public IReadOnlyList<ScribanProblem> Problems { get; }
}
