using System.Collections.Frozen;

namespace CrankMailer.Mjml.Attributes;

/// <summary>The attributes of one component, as data, in the order of its documentation.</summary>
public sealed class AttributeTable
{
    private readonly List<MjmlAttribute> attributes = [];
    private readonly HashSet<MjmlAttribute> unlisted = [];
    private FrozenDictionary<string, MjmlAttribute>? byName;
    private FrozenDictionary<string, MjmlAttribute>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    public IReadOnlyList<MjmlAttribute> All => attributes;

    public MjmlAttribute Add(string name, AttributeType type, string? @default = null)
    {
        if (byName is not null)
        {
            throw new InvalidOperationException($"The attributes of a component are fixed once it is in use: {name} comes too late.");
        }

        var attribute = new MjmlAttribute(name, type, @default, attributes.Count);
        attributes.Add(attribute);
        return attribute;
    }

    /// <summary>
    /// An attribute that the documentation does not have (giving it is a problem), but that has its effect all the same
    /// where mj-all brings it.
    /// </summary>
    internal MjmlAttribute AddUnlisted(string name)
    {
        var attribute = Add(name, AttributeType.Text);
        unlisted.Add(attribute);
        return attribute;
    }

    /// <summary>A shorthand whose sides are unlisted; itself, too, unless it has a default.</summary>
    internal Sides AddUnlistedSides(string name, string? @default = null) => new(
        @default is null ? AddUnlisted(name) : Add(name, AttributeType.Lengths, @default), AddUnlisted(name + "-top"),
        AddUnlisted(name + "-right"), AddUnlisted(name + "-bottom"),
        AddUnlisted(name + "-left"));

    internal bool IsListed(MjmlAttribute attribute) => !unlisted.Contains(attribute);

    /// <summary>Adds <c>name</c> and its four sides, for example padding, padding-top, padding-right, padding-bottom, padding-left.</summary>
    public Sides AddSides(string name, AttributeType all, AttributeType side, string? @default = null) => new(
        Add(name, all, @default), Add(name + "-top", side), Add(name + "-right", side), Add(name + "-bottom", side), Add(name + "-left", side));

    /// <summary>Adds padding and its four sides.</summary>
    public Sides AddPadding(string? @default = null, string name = "padding") =>
        AddSides(name, AttributeType.Lengths, AttributeType.Length, @default);

    /// <summary>Adds border and its four sides.</summary>
    public Sides AddBorder(string? @default = null, string name = "border") =>
        AddSides(name, AttributeType.Text, AttributeType.Text, @default);

    public MjmlAttribute? Find(string name) => Frozen().GetValueOrDefault(name);

    internal MjmlAttribute? Find(ReadOnlySpan<char> name)
    {
        Frozen();
        return bySpan.TryGetValue(name, out var found) ? found : null;
    }

    internal string?[] Defaults() => attributes.Select(a => a.Default).ToArray();

    private FrozenDictionary<string, MjmlAttribute> Frozen()
    {
        if (byName is { } known)
        {
            return known;
        }

        var frozen = attributes.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);
        bySpan = frozen.GetAlternateLookup<ReadOnlySpan<char>>();
        byName = frozen;
        return frozen;
    }
}
