using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>Links in a row; with hamburger, behind a button on phones.</summary>
internal sealed class MjNavbar : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Align = Known.Add("align", AttributeType.OneOf("left", "center", "right"), "center"),
        BaseUrl = Known.Add("base-url", AttributeType.Text),
        Hamburger = Known.Add("hamburger", AttributeType.Text),
        IcoAlign = Known.Add("ico-align", AttributeType.OneOf("left", "center", "right"), "center"),
        IcoOpen = Known.Add("ico-open", AttributeType.Text, "&#9776;"),
        IcoClose = Known.Add("ico-close", AttributeType.Text, "&#8855;"),
        IcoColor = Known.Add("ico-color", AttributeType.Color, "#000000"),
        IcoFontSize = Known.Add("ico-font-size", AttributeType.Length, "30px"),
        IcoFontFamily = Known.Add("ico-font-family", AttributeType.Text, "Ubuntu, Helvetica, Arial, sans-serif"),
        IcoTextTransform = Known.Add("ico-text-transform", AttributeType.Text, "uppercase"),
        IcoTextDecoration = Known.Add("ico-text-decoration", AttributeType.Text, "none"),
        IcoLineHeight = Known.Add("ico-line-height", AttributeType.LineHeight, "30px");

    private static readonly Sides IcoPadding = Known.AddPadding("10px", "ico-padding");

    private static readonly Inherited ToLinks = new((BaseUrl, MjNavbarLink.BaseUrl));

    static MjNavbar()
    {
        Known.AddPadding();
        Known.AddUnlisted("container-background-color");
    }

    public override string Tag => "mj-navbar";

    public override IReadOnlyList<string> Parents { get; } = ["mj-column", "mj-hero"];

    public override AttributeTable Attributes => Known;

    public override string HeadCss(int breakpoint) => $$"""
        noinput.mj-menu-checkbox { display:block!important; max-height:none!important; visibility:visible!important; }

        @media only screen and (max-width:{{breakpoint - 1}}px) {
          .mj-menu-checkbox[type="checkbox"] ~ .mj-inline-links { display:none!important; }
          .mj-menu-checkbox[type="checkbox"]:checked ~ .mj-inline-links,
          .mj-menu-checkbox[type="checkbox"] ~ .mj-menu-trigger { display:block!important; max-width:none!important; max-height:none!important; font-size:inherit!important; }
          .mj-menu-checkbox[type="checkbox"] ~ .mj-inline-links > a { display:block!important; }
          .mj-menu-checkbox[type="checkbox"]:checked ~ .mj-menu-trigger .mj-menu-icon-close { display:block!important; }
          .mj-menu-checkbox[type="checkbox"]:checked ~ .mj-menu-trigger .mj-menu-icon-open { display:none!important; }
        }
        """;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        if (e[Hamburger] == "hamburger")
        {
            RenderHamburger(e, html, page.NextId());
        }

        html.Raw("<div class=\"mj-inline-links\">").BeginMso()
            .Raw("<table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"").Attribute("align", e[Align]).Close()
            .Raw("<tr>").EndMso().Line();
        var inherited = ToLinks.Of(e);
        foreach (var child in e.Children)
        {
            page.Prepare(child, child.Component is MjNavbarLink ? inherited : null);
            page.Render(child, e.Width);
        }

        html.Mso("</tr></table>").Line().Raw("</div>");
    }

    private static void RenderHamburger(MjmlElement e, HtmlWriter html, string id)
    {
        html.Raw("<!--[if !mso]><!-->").Tag("input").Attribute("type", "checkbox").Attribute("id", id)
            .Raw(" class=\"mj-menu-checkbox\" style=\"display:none !important; max-height:0; visibility:hidden;\" /><!--<![endif]-->").Line()
            .Raw("<div class=\"mj-menu-trigger\" style=\"display:none;max-height:0px;max-width:0px;font-size:0px;overflow:hidden;\">");
        html.Tag("label").Attribute("for", id).Attribute("class", "mj-menu-label")
            .Style("display", "block").Style("cursor", "pointer").Style("mso-hide", "all").Style("-moz-user-select", "none")
            .Style("user-select", "none").Style("color", e[IcoColor]).Style("font-size", e[IcoFontSize])
            .Style("font-family", e[IcoFontFamily]).Style("text-transform", e[IcoTextTransform])
            .Style("text-decoration", e[IcoTextDecoration]).Style("line-height", e[IcoLineHeight])
            .StyleAs(e, IcoPadding, SideNames.Padding).Attribute("align", e[IcoAlign]).Close().Line();
        html.Raw("<span class=\"mj-menu-icon-open\" style=\"mso-hide:all;\">").Line().Raw(e[IcoOpen]).Line().Raw("</span>").Line()
            .Raw("<span class=\"mj-menu-icon-close\" style=\"display:none;mso-hide:all;\">").Line().Raw(e[IcoClose]).Line().Raw("</span>").Line()
            .Raw("</label></div>").Line();
    }
}
