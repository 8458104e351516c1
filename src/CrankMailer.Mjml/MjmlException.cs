namespace CrankMailer.Mjml;

/// <summary>The document cannot be rendered. The message is one line a problem: <c>file(line,col): error: text</c>.</summary>
public sealed class MjmlException : Exception
{
    public MjmlException(IReadOnlyList<MjmlProblem> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>Why, in the order of the document; at least one.</summary>
    public IReadOnlyList<MjmlProblem> Problems { get; }
}
