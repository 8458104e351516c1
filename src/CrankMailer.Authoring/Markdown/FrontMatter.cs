namespace CrankMailer.Authoring.Markdown;

/// <summary>The YAML between two lines <c>---</c> at the very top of the file.</summary>
/// <param name="Yaml">Null when the file has none.</param>
/// <param name="BodyLine">1-based line at which the Markdown begins.</param>
internal sealed record FrontMatter(string? Yaml, string Body, int BodyLine, bool Closed = true)
{
    /// <param name="text">LF only, no byte order mark.</param>
    public static FrontMatter Split(string text)
    {
        var lines = text.Split('\n');
        if (lines[0].TrimEnd(' ', '\t') != "---") return new FrontMatter(null, text, 1);
        for (var i = 1; i < lines.Length; i++)
            if (lines[i].TrimEnd(' ', '\t') is "---" or "...")
                return new FrontMatter(string.Join('\n', lines[1..i]), string.Join('\n', lines[(i + 1)..]), i + 2);
        return new FrontMatter(string.Join('\n', lines[1..]), "", lines.Length + 1, Closed: false);
    }
}
