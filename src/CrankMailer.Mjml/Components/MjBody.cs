using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>What the reader sees.</summary>
internal sealed class MjBody : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    /// <summary>What sections have for room; it goes into their styles as it is written.</summary>
    internal static readonly MjmlAttribute Width = Known.Add("width", AttributeType.Pixels, "600px");

    private static readonly MjmlAttribute
        BackgroundColor = Known.Add("background-color", AttributeType.Color),
        Id = Known.Add("id", AttributeType.Text);

    public override string Tag => "mj-body";

    public override IReadOnlyList<string> Parents { get; } = ["mjml"];

    public override AttributeTable Attributes => Known;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        var head = page.Head;
        html.Tag("body").Attribute("id", e[Id]).Class(e.CssClass)
            .Style("word-spacing", "normal").Style("background-color", e[BackgroundColor]).Close().Line();
        if (head.Preview.Length > 0)
        {
            html.Raw("<div style=\"display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;\">")
                .Raw(head.Preview).Raw("</div>").Line();
        }

        html.Tag("div").Attribute("aria-label", head.Title.Length > 0 ? head.Title : null)
            .Attribute("aria-roledescription", "email").Attribute("role", "article")
            .Attribute("lang", head.Lang).Attribute("dir", head.Dir)
            .Style("word-spacing", "normal").Style("background-color", e[BackgroundColor]).Close().Line();
        page.RenderChildren(e, Number.Decimal(e[Width]));
        html.Raw("</div>").Line().Raw("</body>");
    }
}
