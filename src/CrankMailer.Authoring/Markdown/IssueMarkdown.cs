using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrankMailer.Authoring.Yaml;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Markdown;

/// <summary>The Markdown file of an issue (design §6), both ways without loss: <c>Read(Write(issue))</c> is <see cref="IssueCanonical.Of"/> of it.</summary>
public static class IssueMarkdown
{
    private const int LargestFile = 4 * 1024 * 1024;

    public static string Write(Issue issue)
    {
        var canonical = IssueCanonical.Of(issue);
        var text = new StringBuilder("---\n").Append(YamlWriter.Write(FrontMatterOf(canonical), DocumentShapes.FrontMatter)).Append("---\n");
        if (canonical.Intro is { } intro) text.Append('\n').Append(BlockText.Write(intro, inStories: false)).Append('\n');
        var writer = new SectionWriter(text);
        foreach (var section in canonical.Sections) writer.Write(section);
        return text.ToString();
    }

    /// <summary>
    /// Reads a file. Errors give no issue; warnings and notes do.
    /// </summary>
    /// <param name="fileName">Only printed in problems.</param>
    public static (Issue? Issue, IReadOnlyList<Problem> Problems) Read(string text, string fileName)
    {
        var problems = new List<Problem>();
        if (text.Length > LargestFile)
            return (null, [new Problem(Severity.Error, "too-large", $"The file is larger than {LargestFile / 1024 / 1024} MB; an issue is text only, its pictures are files of their own.", fileName)]);
        text = WholeCharacters(text, fileName, problems);
        var front = FrontMatter.Split(text.TrimStart('\uFEFF').ReplaceLineEndings("\n"));
        var issue = ReadFrontMatter(front, fileName, problems);
        if (issue is null) return (null, problems);

        var source = new MarkdownSource(front.Body, fileName, front.BodyLine, problems);
        try
        {
            var (intro, sections) = new SectionReader(source, BlockParser.Parse(source.Masked)).Read();
            issue = IssueCanonical.Of(issue with { Intro = intro, Sections = sections });
        }
        catch (ProblemException e)
        {
            problems.AddRange(e.Problems.Select(p => p with { File = fileName, Line = front.BodyLine, Column = 1 }));
        }
        return (problems.Any(p => p.Severity == Severity.Error) ? null : issue, problems);
    }

    /// <summary>Half of a surrogate pair is no text that JSON or a mail could carry. The replacement is as long, so that places stay.</summary>
    private static string WholeCharacters(string text, string file, List<Problem> problems)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return text;
        var characters = text.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            if (!char.IsSurrogate(characters[i])) continue;
            if (i + 1 < characters.Length && char.IsSurrogatePair(characters[i], characters[i + 1])) i++;
            else
            {
                characters[i] = '\uFFFD';
                var before = text.AsSpan(0, i);
                problems.Add(new Problem(Severity.Warning, "half-character", "Half a character stands here and was replaced by �: write it anew.", file, before.Count('\n') + 1, i - before.LastIndexOf('\n')));
            }
        }
        return new string(characters);
    }

    private static Issue? ReadFrontMatter(FrontMatter front, string file, List<Problem> problems)
    {
        if (!front.Closed)
        {
            problems.Add(new Problem(Severity.Error, "front-matter", "The front matter is not closed: put a line --- after its last key.", file, 1, 1));
            return null;
        }
        if (front.Yaml is null)
        {
            problems.Add(new Problem(Severity.Warning, "front-matter", "The file has no front matter: begin it with a line ---, the keys (title, period, subject …), and a line ---.", file, 1, 1));
            return new Issue();
        }
        var json = new YamlReader(file, 2, problems).Read(front.Yaml, DocumentShapes.FrontMatter);
        return json is null || problems.Any(p => p.Severity == Severity.Error) ? null : WithUnknown(json);
    }

    /// <summary>Keys such as <c>intro</c> and <c>sections</c> belong in the text; in the front matter they are as unknown as any other.</summary>
    private static Issue WithUnknown(JsonObject json)
    {
        var misplaced = new Dictionary<string, JsonElement>();
        foreach (var key in (string[])["intro", "sections"])
            if (json.Remove(key, out var value)) misplaced[key] = JsonSerializer.SerializeToElement(value);
        DropNulls(json);
        var issue = json.Deserialize<Issue>(IssueJson.Compact) ?? new Issue();
        return misplaced.Count == 0 ? issue : issue with { Unknown = (issue.Unknown ?? new Dictionary<string, JsonElement>()).Concat(misplaced).ToDictionary() };
    }

    /// <summary>An entry left blank in a list (<c>- </c>) is no entry.</summary>
    private static void DropNulls(JsonObject json)
    {
        foreach (var key in (string[])["masthead", "errata"])
            if (json[key] is JsonArray list) list.RemoveAll(i => i is null);
    }

    private static JsonObject FrontMatterOf(Issue issue)
    {
        var json = JsonSerializer.SerializeToNode(issue with { Intro = null, Sections = [] }, IssueJson.Compact) as JsonObject ?? [];
        json.Remove("sections");
        return json;
    }
}
