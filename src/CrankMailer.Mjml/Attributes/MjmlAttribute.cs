namespace CrankMailer.Mjml.Attributes;

/// <summary>One attribute that a component knows. Made by <see cref="AttributeTable.Add(string, AttributeType, string?)"/>.</summary>
public sealed class MjmlAttribute
{
    internal MjmlAttribute(string name, AttributeType type, string? @default, int index)
    {
        Name = name;
        Type = type;
        Default = @default is null ? null : type.Normalise(@default);
        Index = index;
    }

    public string Name { get; }

    public AttributeType Type { get; }

    /// <summary>The value where neither the element nor mj-attributes gives one; null where there is none.</summary>
    public string? Default { get; }

    /// <summary>Place in the values of an element.</summary>
    internal int Index { get; }
}
