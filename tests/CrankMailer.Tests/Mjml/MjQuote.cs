using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Tests.Mjml;

/// <summary>A component of our own, as a theme author would add it: a quotation with a bar at its side.</summary>
internal sealed class MjQuote : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Color = Known.Add("color", AttributeType.Color, "#555"),
        By = Known.Add("by", AttributeType.Text);

    private static readonly Sides Border = Known.AddBorder("none");

    static MjQuote() => Known.AddPadding("10px 25px");

    public override string Tag => "mj-quote";

    public override IReadOnlyList<string> Parents { get; } = ["mj-column", "mj-hero"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    public override string HeadCss(int breakpoint) => "blockquote { margin: 0; }";

    public override void Render(MjmlElement e, MjmlPage page)
    {
        page.Html.Tag("blockquote").Style(e, Border).Style("color", e[Color]).Close().Raw(e.Content);
        if (e[By] is { } by)
        {
            page.Html.Tag("cite").Attribute("title", by).Close().Raw(by).Raw("</cite>");
        }

        page.Html.Raw("</blockquote>");
    }
}
