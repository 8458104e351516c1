using System.Text;
using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Head;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Rendering;

/// <summary>One document on its way to HTML: where components write, and what they leave for the head.</summary>
public sealed class MjmlPage
{
    private readonly List<string> headCss = [];
    private readonly HashSet<MjmlComponent> seen = [];
    private int ids;

    internal MjmlPage(HtmlWriter html, HeadData head)
    {
        Html = html;
        Head = head;
        Defaults = new DocumentDefaults(head);
    }

    public HtmlWriter Html { get; }

    internal HeadData Head { get; }

    internal DocumentDefaults Defaults { get; }

    /// <summary>Widths of columns by class, in the order of first use; phones do without them.</summary>
    internal MediaQueries Widths { get; } = new();

    internal IReadOnlyList<string> HeadCss => headCss;

    /// <summary>CSS of single elements (a carousel's own); comes before that of the components.</summary>
    internal StringBuilder ElementCss { get; } = new();

    /// <summary>Refuses style sheets no mail can hold.</summary>
    internal void CheckElementCss()
    {
        if (ElementCss.Length > 10_000_000)
        {
            throw DocumentTooLargeException.Output();
        }
    }

    /// <summary>Renders the children one below the other, each with <paramref name="width"/> px.</summary>
    public void RenderChildren(MjmlElement parent, double width)
    {
        foreach (var child in parent.Children)
        {
            Render(child, width);
        }
    }

    internal void Render(MjmlElement e, double width)
    {
        if (e.Component is not { } component)
        {
            return;
        }

        Prepare(e);
        e.Width = width;
        component.Render(e, this);
    }

    /// <summary>Gives an element its values: its own, over those of its classes, of mj-attributes, of its parent, and the defaults.</summary>
    internal void Prepare(MjmlElement e, Inherited? inherited = null)
    {
        if (e.IsPrepared || e.Component is not { } component)
        {
            return;
        }

        if (seen.Add(component) && component.HeadCss(Head.Breakpoint) is { } css)
        {
            headCss.Add(css);
        }

        Defaults.Resolve(e, component, inherited);
    }

    /// <summary>16 hex digits, unique in the document and the same at each run.</summary>
    internal string NextId()
    {
        // splitmix64 of the running number: looks random, so that it meets no class name of the author.
        unchecked
        {
            var x = (ulong)++ids * 0x9E3779B97F4A7C15UL;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
            return (x ^ (x >> 31)).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
