using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Rendering;

/// <summary>
/// What a parent hands to its children (mj-social to its elements, mj-accordion, mj-carousel, mj-navbar): stronger
/// than a child's default, weaker than anything the author gives the child.
/// </summary>
internal sealed class Inherited(params (MjmlAttribute From, MjmlAttribute To)[] pairs)
{
    private readonly List<(MjmlAttribute To, string Value)> values = [];

    public Inherited Of(MjmlElement parent)
    {
        var filled = new Inherited(pairs);
        foreach (var (from, to) in pairs)
        {
            filled.Set(to, parent[from]);
        }

        return filled;
    }

    /// <summary>One more value; null gives nothing.</summary>
    public Inherited Set(MjmlAttribute to, string? value)
    {
        if (value is not null)
        {
            values.Add((to, value));
        }

        return this;
    }

    public void ApplyTo(string?[] target)
    {
        foreach (var (to, value) in values)
        {
            target[to.Index] = value;
        }
    }
}
