using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>
/// A kind of element: its name, where it may stand, what attributes it takes, how it becomes HTML. It keeps nothing
/// of the document: one instance serves all documents and threads.
/// </summary>
public abstract class MjmlComponent
{
    private CellAttributes? cell;

    /// <summary>Name of the element, for example mj-text.</summary>
    public abstract string Tag { get; }

    /// <summary>Tags of the elements it may stand in; mj-attributes need not be named.</summary>
    public abstract IReadOnlyList<string> Parents { get; }

    public abstract AttributeTable Attributes { get; }

    /// <summary>What may stand between its tags.</summary>
    public virtual MjmlContent Content => MjmlContent.Elements;

    /// <summary>True for what is copied as it is and takes no room: mj-raw.</summary>
    internal virtual bool IsRaw => false;

    /// <summary>The attributes a column reads to lay a cell around the element.</summary>
    internal CellAttributes Cell => cell ??= new CellAttributes(Attributes);

    /// <summary>Writes the element. <see cref="MjmlElement.Width"/> is what there is room for.</summary>
    public abstract void Render(MjmlElement e, MjmlPage page);

    /// <summary>CSS the component needs in the head, once a document; null for none.</summary>
    /// <param name="breakpoint">px below which a client counts as a phone.</param>
    public virtual string? HeadCss(int breakpoint) => null;
}

/// <summary>What stands between the tags of an element.</summary>
public enum MjmlContent
{
    /// <summary>Other MJML elements; loose text is dropped.</summary>
    Elements,

    /// <summary>HTML, kept as it is written.</summary>
    Html,
}

/// <summary>The attributes that concern the cell around an element, looked up once by their common names.</summary>
internal sealed class CellAttributes(AttributeTable table)
{
    public MjmlAttribute? Align { get; } = table.Find("align");

    public MjmlAttribute? Background { get; } = table.Find("container-background-color");

    public MjmlAttribute? Padding { get; } = table.Find("padding");

    public MjmlAttribute? Top { get; } = table.Find("padding-top");

    public MjmlAttribute? Right { get; } = table.Find("padding-right");

    public MjmlAttribute? Bottom { get; } = table.Find("padding-bottom");

    public MjmlAttribute? Left { get; } = table.Find("padding-left");
}
