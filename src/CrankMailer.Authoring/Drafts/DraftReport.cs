using CrankMailer.Model;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Collects what was guessed and what was left out, each with its place in the draft.</summary>
internal sealed class DraftReport(string file)
{
    private readonly List<Problem> problems = [];

    public string File => file;

    public IReadOnlyList<Problem> Problems => [.. problems.OrderBy(p => p.Line ?? 0)];

    public void Dropped(DraftLine line, string what) => Note("dropped", $"Left out of the issue ({what}): “{line.Original}”", line.Line);

    public void Note(string code, string text, int? line = null) => problems.Add(new Problem(Severity.Note, code, text, file, line, line is null ? null : 1));

    public void Guess(string text, int? line = null) => problems.Add(new Problem(Severity.Warning, "guessed", text, file, line, line is null ? null : 1));

    public void Warn(string code, string text, int? line = null) => problems.Add(new Problem(Severity.Warning, code, text, file, line, line is null ? null : 1));

    public void Error(string text) => problems.Add(new Problem(Severity.Error, "draft", text, file));

    public void Add(IEnumerable<Problem> more) => problems.AddRange(more);
}
