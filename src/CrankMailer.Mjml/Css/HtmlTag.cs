using CrankMailer.Mjml.Rendering;

namespace CrankMailer.Mjml.Css;

/// <summary>A start tag of written HTML, and what is to be changed in it.</summary>
internal sealed class HtmlTag(string html, int start, int end)
{
    private Dictionary<string, string>? changes;

    /// <summary>Offset of <c>&lt;</c>.</summary>
    public int Start { get; } = start;

    /// <summary>Offset behind <c>&gt;</c>.</summary>
    public int End { get; } = end;

    public required string Name { get; init; }

    /// <summary>Closed in itself though it is not void, which only XML knows.</summary>
    public bool IsSelfClosed { get; init; }

    /// <summary>To be written without the slash that closes it in itself.</summary>
    public bool LosesSlash { get; set; }

    public List<TagAttribute> Attributes { get; } = [];

    public bool IsChanged => changes is not null || LosesSlash;

    public string? Find(string name) =>
        changes is not null && changes.TryGetValue(name, out var changed) ? changed
        : Attributes.Find(a => a.Name == name) is { } attribute ? attribute.Value
        : null;

    public void Set(string name, string value) => (changes ??= [])[name] = value;

    /// <summary>Writes the tag with its changes; all else stays byte for byte.</summary>
    public void WriteTo(HtmlWriter output)
    {
        var done = Start;
        foreach (var attribute in Attributes)
        {
            if (changes is not null && changes.Remove(attribute.Name, out var value))
            {
                output.Raw(html.AsSpan(done, attribute.Start - done));
                WriteAttribute(output, attribute.Name, value);
                done = attribute.End;
            }
        }

        var close = html[End - 2] == '/' ? End - 2 : End - 1;
        output.Raw(html.AsSpan(done, close - done));
        foreach (var (name, value) in changes ?? [])
        {
            output.Raw(output.Written[^1] == ' ' ? "" : " ");
            WriteAttribute(output, name, value);
        }

        output.Raw(LosesSlash ? ">" : html.AsSpan(close, End - close));
    }

    private static void WriteAttribute(HtmlWriter output, string name, string value)
    {
        output.Raw(name).Raw("=\"");
        AttributeValue.Escape(value, output);
        output.Raw("\"");
    }
}

/// <summary>An attribute of a start tag with its place in the HTML.</summary>
internal sealed record TagAttribute(string Name, string Value, int Start, int End);
