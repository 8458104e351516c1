using CrankMailer.Model;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CrankMailer.Rendering.Themes;

/// <summary>A YAML file whose every mistake is told with line and column.</summary>
internal sealed class YamlFile(string file, List<Problem> problems)
{
    public YamlMappingNode Read(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0) return new YamlMappingNode();
            if (stream.Documents[0].RootNode is YamlMappingNode map) return map;
            Report(stream.Documents[0].RootNode, "The file is a list of \"name: value\" lines.");
        }
        catch (YamlException error)
        {
            problems.Add(new Problem(Severity.Error, "", error.Message, file, (int)error.Start.Line, (int)error.Start.Column));
        }
        return new YamlMappingNode();
    }

    public YamlMappingNode Map(YamlMappingNode parent, string key)
    {
        if (Find(parent, key) is not { } node) return new YamlMappingNode();
        if (node is YamlMappingNode map) return map;
        Report(node, $"\"{key}\" holds indented \"name: value\" lines.");
        return new YamlMappingNode();
    }

    public string? Text(YamlMappingNode parent, string key)
    {
        if (Find(parent, key) is not { } node) return null;
        if (node is YamlScalarNode scalar) return scalar.Value ?? "";
        Report(node, $"\"{key}\" is one line of text.");
        return null;
    }

    /// <summary>Every name with its text.</summary>
    public IReadOnlyDictionary<string, string> Texts(YamlMappingNode map)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (key, value) in map.Children)
            if (key is YamlScalarNode { Value: { } name } && value is YamlScalarNode scalar) texts[name] = scalar.Value ?? "";
            else Report(value, $"\"{key}\" is one line of text.");
        return texts;
    }

    public IEnumerable<(string Name, YamlMappingNode Value)> Maps(YamlMappingNode map)
    {
        foreach (var (key, value) in map.Children)
            if (key is YamlScalarNode { Value: { } name } && value is YamlMappingNode child) yield return (name, child);
            else Report(value, $"\"{key}\" holds indented \"name: value\" lines.");
    }

    public void Report(YamlNode node, string text) =>
        problems.Add(new Problem(Severity.Error, "", text, file, (int)node.Start.Line, (int)node.Start.Column));

    private static YamlNode? Find(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;
}
