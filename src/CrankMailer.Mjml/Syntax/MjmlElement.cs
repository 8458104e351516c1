using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Rendering;

namespace CrankMailer.Mjml.Syntax;

/// <summary>
/// An element of a document. Read from the source; given its values, its width and its place among its siblings
/// when its parent renders it.
/// </summary>
public sealed class MjmlElement
{
    private static readonly List<MjmlElement> None = [];
    private string?[] values = [];
    private List<MjmlElement>? children;
    private int childrenWithRoom;

    internal MjmlElement(string tag, MjmlComponent? component, SourceFile source, int offset)
    {
        Tag = tag;
        Component = component;
        Source = source;
        Offset = offset;
    }

    public string Tag { get; }

    public MjmlElement? Parent { get; internal set; }

    /// <summary>Value of an attribute of this component: the element's own, else what mj-class, mj-attributes, the parent, mj-all or the default give; null where none does.</summary>
    public string? this[MjmlAttribute attribute] => values[attribute.Index];

    /// <summary>Value of css-class.</summary>
    public string? CssClass { get; private set; }

    /// <summary>px that the parent leaves for this element.</summary>
    public double Width { get; internal set; }

    /// <summary><see cref="Width"/> for a style: what mj-body says, of an element that stands in it, else px.</summary>
    internal string WidthText => Parent is { Component: MjBody } body ? body[MjBody.Width] ?? "" : Number.Text(Width) + "px";

    /// <summary>What stands between the tags, as written, of a component with <see cref="MjmlContent.Html"/>.</summary>
    public ReadOnlySpan<char> Content => Source.Text.AsSpan(ContentStart, ContentLength);

    /// <summary>Null for an element nobody registered; it is reported and not rendered.</summary>
    internal MjmlComponent? Component { get; }

    internal SourceFile Source { get; }

    internal int Offset { get; }

    internal int ContentStart { get; set; }

    internal int ContentLength { get; set; }

    internal List<GivenAttribute>? Given { get; private set; }

    internal List<MjmlElement> Children => children ?? None;

    internal bool IsRaw => Component is { IsRaw: true };

    /// <summary>The next sibling is raw: between the two, a line break would be a space that nobody wrote.</summary>
    internal bool IsBeforeRaw { get; private set; }

    /// <summary>Not written by anybody: the parent of an included fragment, the empty title of an accordion.</summary>
    internal bool IsMadeUp { get; init; }

    internal bool IsPrepared { get; private set; }

    /// <summary>How many children of its parent take room: all but mj-raw and comments.</summary>
    internal int SiblingCount => Parent?.childrenWithRoom ?? 1;

    /// <summary>Room that a wrapper's gap puts above, for example 20px; null for none.</summary>
    internal string? GapAbove { get; set; }

    /// <summary>In a wrapper with a gap: Outlook must not paint the gap, too.</summary>
    internal bool IsInGap { get; set; }

    /// <summary>How the room between columns is shared out, where the section has a gutter.</summary>
    internal Gutter? Gutter { get; set; }

    internal void Add(MjmlElement child)
    {
        child.Parent = this;
        if (children is { Count: > 0 })
        {
            children[^1].IsBeforeRaw = child.IsRaw;
        }

        (children ??= []).Add(child);
        childrenWithRoom += child.IsRaw ? 0 : 1;
    }

    internal void Give(GivenAttribute attribute) => (Given ??= new(4)).Add(attribute);

    /// <summary>What is written at the element itself; null where the attribute is not.</summary>
    internal string? FindGiven(string name)
    {
        if (Given is not null)
        {
            foreach (var attribute in Given)
            {
                if (attribute.Name == name)
                {
                    return attribute.Value;
                }
            }
        }

        return null;
    }

    internal void Prepare(string?[] resolved, string? cssClass)
    {
        values = resolved;
        CssClass = cssClass;
        IsPrepared = true;
    }
}

/// <summary>An attribute as written at an element.</summary>
/// <param name="Known">The component's declaration; null for css-class, mj-class and what the component does not know.</param>
internal readonly record struct GivenAttribute(string Name, string Value, MjmlAttribute? Known);
