namespace CrankMailer.Authoring.Yaml;

/// <summary>What a value of a YAML document must look like.</summary>
internal abstract record YamlShape
{
    private YamlShape() { }

    /// <summary>What to tell the author that is expected here.</summary>
    public abstract string Expected { get; }

    /// <summary>Anything written as one value is text here, quoted or not.</summary>
    public sealed record Text : YamlShape
    {
        public override string Expected => "a text";
    }

    public sealed record WholeNumber : YamlShape
    {
        public override string Expected => "a whole number";
    }

    /// <summary>Date and time with offset (ISO 8601).</summary>
    public sealed record Instant : YamlShape
    {
        public override string Expected => "a date and time with offset, such as 2026-07-01T12:00:00Z";
    }

    public sealed record ListOf(YamlShape Item) : YamlShape
    {
        public override string Expected => "a list";
    }

    /// <param name="Open">Keys that are not named may be any text (settings of a theme).</param>
    public sealed record Map(IReadOnlyDictionary<string, YamlShape> Keys, bool Open = false) : YamlShape
    {
        public override string Expected => Keys.Count == 0 ? "keys and values" : "keys and values (" + string.Join(", ", Keys.Keys) + ")";
    }

    public static Map Of(params ReadOnlySpan<(string Name, YamlShape Shape)> keys)
    {
        var shapes = new Dictionary<string, YamlShape>();
        foreach (var (name, shape) in keys) shapes.Add(name, shape);
        return new Map(shapes);
    }

    /// <summary>A map of texts only.</summary>
    public static Map Texts(params ReadOnlySpan<string> names)
    {
        var shapes = new Dictionary<string, YamlShape>();
        foreach (var name in names) shapes.Add(name, new Text());
        return new Map(shapes);
    }
}
