using System.Globalization;
using System.Text.Json.Nodes;
using CrankMailer.Authoring.Markdown;
using CrankMailer.Model;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlEvents = YamlDotNet.Core.Events;

namespace CrankMailer.Authoring.Yaml;

/// <summary>Reads a YAML document by its shape into the JSON it means. Every complaint has its place; aliases and deep nesting are refused.</summary>
internal sealed class YamlReader(string file, int firstLine, List<Problem> problems)
{
    private const int DeepestNesting = 16;

    /// <summary>Where each value stood, by its path (<c>masthead[0].email</c>).</summary>
    public Dictionary<string, (int Line, int Column)> Places { get; } = [];

    /// <summary>Null when the text is no YAML mapping; then a problem says why.</summary>
    public JsonObject? Read(string text, YamlShape.Map shape)
    {
        var before = problems.Count(p => p.Severity == Severity.Error);
        text = InlineText.Printable(text);
        try
        {
            if (!IsTame(text)) return null;
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0) return [];
            if (stream.Documents.Count > 1) Error(stream.Documents[1].RootNode, "Only one YAML document may stand here: remove the line ---.");
            else if (stream.Documents[0].RootNode is YamlMappingNode root) return Errors() > before ? null : ReadMap(root, shape, "");
            else if (stream.Documents[0].RootNode is YamlScalarNode { Value: null or "" }) return [];
            else Error(stream.Documents[0].RootNode, "Keys and values are expected here, one \"key: value\" a line.");
        }
        catch (YamlException e)
        {
            problems.Add(new Problem(Severity.Error, "yaml", $"{Message(e)} Put texts with : # {{ [ or quotes in \"double quotes\".", file, Line(e.Start), Column(e.Start)));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The scanner of YamlDotNet 16 gives up this way on some torn flow mappings, without a place.
            problems.Add(new Problem(Severity.Error, "yaml", "This is no YAML: check that every { [ and quote is closed.", file, firstLine, 1));
        }
        return null;
    }

    private int Errors() => problems.Count(p => p.Severity == Severity.Error);

    /// <summary>Looks at the events first: an alias can grow without bounds, and the document's reader is recursive.</summary>
    private bool IsTame(string text)
    {
        var parser = new Parser(new StringReader(text));
        for (var depth = 0; parser.MoveNext();)
        {
            var current = parser.Current;
            if (current is YamlEvents.AnchorAlias or YamlEvents.NodeEvent { Anchor.IsEmpty: false })
                return Refuse(current, "Anchors (&) and aliases (*) are not read here: write the value out, or put the text in \"double quotes\".");
            if (current is YamlEvents.NodeEvent { Tag.IsEmpty: false })
                return Refuse(current, "Tags (!) are not read here: put the text in \"double quotes\".");
            if (current is YamlEvents.MappingStart or YamlEvents.SequenceStart && ++depth > DeepestNesting)
                return Refuse(current, $"Nested more than {DeepestNesting} deep: nothing here needs that.");
            if (current is YamlEvents.MappingEnd or YamlEvents.SequenceEnd) depth--;
        }
        return true;
    }

    private bool Refuse(YamlEvents.ParsingEvent at, string text)
    {
        problems.Add(new Problem(Severity.Error, "yaml", text, file, Line(at.Start), Column(at.Start)));
        return false;
    }

    private JsonObject ReadMap(YamlMappingNode map, YamlShape.Map shape, string path)
    {
        var result = new JsonObject();
        foreach (var (keyNode, value) in map.Children)
        {
            if (keyNode is not YamlScalarNode { Value: { Length: > 0 } key }) { Error(keyNode, "A key is a word.", path); continue; }
            var at = path.Length == 0 ? key : $"{path}.{key}";
            Places[at] = (Line(value.Start), Column(value.Start));
            if (shape.Keys.TryGetValue(key, out var inner)) result[key] = Read(value, inner, at);
            else if (shape.Open) result[key] = Read(value, new YamlShape.Text(), at);
            else
            {
                problems.Add(new Problem(Severity.Warning, "unknown-key", $"The key \"{key}\" is not known here; it is kept, and does nothing. Known are: {string.Join(", ", shape.Keys.Keys)}.",
                    file, Line(keyNode.Start), Column(keyNode.Start), at));
                result[key] = Any(value);
            }
        }
        return result;
    }

    private JsonNode? Read(YamlNode node, YamlShape shape, string path)
    {
        // A blank is no value, which a text may be and an instant may not.
        if (shape is not YamlShape.Instant && node is YamlScalarNode scalar && IsNull(scalar)) return null;
        switch (shape, node)
        {
            case (YamlShape.Text, YamlScalarNode { Value: { } text }):
                return JsonValue.Create(text.ReplaceLineEndings("\n"));
            case (YamlShape.WholeNumber, YamlScalarNode { Value: { } text }) when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                return JsonValue.Create(number);
            case (YamlShape.Instant, YamlScalarNode { Value: { } text })
                when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant):
                return JsonValue.Create(instant);
            case (YamlShape.ListOf list, YamlSequenceNode sequence):
                return new JsonArray([.. sequence.Children.Select((child, i) => Read(child, list.Item, Remember(child, $"{path}[{i}]")))]);
            case (YamlShape.Map map, YamlMappingNode mapping):
                return ReadMap(mapping, map, path);
            default:
                Error(node, $"{shape.Expected} is expected for {path}.", path);
                return null;
        }
    }

    private string Remember(YamlNode node, string path)
    {
        Places[path] = (Line(node.Start), Column(node.Start));
        return path;
    }

    /// <summary>A value of no known shape, as JSON would write it.</summary>
    private static JsonNode? Any(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Where(c => c.Key is YamlScalarNode { Value: not null })
            .Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value ?? "", Any(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Any)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => YamlScalars.Resolve(scalar.Value),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private static bool IsNull(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain && YamlScalars.IsNull(scalar.Value);

    private static string Message(YamlException e)
    {
        var text = (e.InnerException ?? e).Message.Split('\n')[0].Trim();
        return text.EndsWith('.') ? text : text + ".";
    }

    private void Error(YamlNode node, string text, string? item = null) =>
        problems.Add(new Problem(Severity.Error, "yaml", char.ToUpperInvariant(text[0]) + text[1..], file, Line(node.Start), Column(node.Start), item));

    private int Line(Mark mark) => firstLine - 1 + Math.Max(1, (int)mark.Line);

    private static int Column(Mark mark) => Math.Max(1, (int)mark.Column);
}
