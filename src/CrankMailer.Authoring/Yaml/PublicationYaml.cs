using System.Text.Json;
using System.Text.Json.Nodes;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Yaml;

/// <summary>The file <c>publication.yaml</c> (design §6), both ways.</summary>
public static class PublicationYaml
{
    private const int LargestFile = 1024 * 1024;

    public static string Write(Publication publication)
    {
        var json = JsonSerializer.SerializeToNode(publication, IssueJson.Compact) as JsonObject ?? [];
        return YamlWriter.Write(json, DocumentShapes.Publication, "sender", "organisation", "theme");
    }

    /// <summary>Errors give no publication; warnings do. What only sending needs is asked for by the checks, not here.</summary>
    public static (Publication? Publication, IReadOnlyList<Problem> Problems) Read(string text, string fileName)
    {
        var problems = new List<Problem>();
        if (text.Length > LargestFile) return (null, [new Problem(Severity.Error, "too-large", "The file is larger than 1 MB; a publication's file holds a few dozen lines.", fileName)]);
        var reader = new YamlReader(fileName, 1, problems);
        var json = reader.Read(text.TrimStart('\uFEFF').ReplaceLineEndings("\n"), DocumentShapes.Publication);
        if (json is null || problems.Any(p => p.Severity == Severity.Error)) return (null, problems);
        var publication = Deserialize(json);
        problems.AddRange(PublicationRules.Check(publication).Select(p => Place(p, reader, fileName)));
        return (problems.Any(p => p.Severity == Severity.Error) ? null : publication, problems);
    }

    /// <summary>A key left blank counts as left out, so that its default holds.</summary>
    private static Publication Deserialize(JsonObject json)
    {
        DropNulls(json);
        return json.Deserialize<Publication>(IssueJson.Compact) ?? new Publication();
    }

    private static void DropNulls(JsonNode? node)
    {
        if (node is JsonObject map)
            foreach (var key in map.Where(p => p.Value is null).Select(p => p.Key).ToList()) map.Remove(key);
        if (node is JsonArray list) list.RemoveAll(i => i is null);
        foreach (var child in node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] }) DropNulls(child);
    }

    private static Problem Place(Problem problem, YamlReader reader, string file)
    {
        for (var path = problem.Item; !string.IsNullOrEmpty(path); path = path.Contains('.') ? path[..path.LastIndexOf('.')] : null)
            if (reader.Places.TryGetValue(path, out var place)) return problem with { File = file, Line = place.Line, Column = place.Column };
        return problem with { File = file, Line = 1, Column = 1 };
    }
}
