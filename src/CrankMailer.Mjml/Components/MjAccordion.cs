using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>Headings that open and close what is below them; all open where a client knows no such thing.</summary>
internal sealed class MjAccordion : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        ContainerBackgroundColor = Known.Add("container-background-color", AttributeType.Color),
        Border = Known.Add("border", AttributeType.Text, "2px solid black"),
        FontFamily = Known.Add("font-family", AttributeType.Text, "Ubuntu, Helvetica, Arial, sans-serif");

    private static readonly AccordionIcon Icon = new(
        Known, "middle", "32px", "32px", "https://i.imgur.com/bIXv1bk.png", "+", "https://i.imgur.com/w4uTygT.png", "-", "right");

    private static readonly Inherited ToElements = new(
        [(Border, MjAccordionElement.Border), (FontFamily, MjAccordionElement.OuterFontFamily), .. Icon.PairsTo(MjAccordionElement.Icon)]);

    static MjAccordion()
    {
        Known.AddPadding("10px 25px");
        Known.AddUnlisted("align");
    }

    public override string Tag => "mj-accordion";

    public override IReadOnlyList<string> Parents { get; } = ["mj-column", "mj-hero"];

    public override AttributeTable Attributes => Known;

    public override string HeadCss(int breakpoint) => """
        noinput.mj-accordion-checkbox { display:block!important; }

        @media yahoo, only screen and (min-width:0) {
          .mj-accordion-element { display:block; }
          .mj-accordion-checkbox[type="checkbox"], .mj-accordion-less { display:none!important; }
          .mj-accordion-checkbox[type="checkbox"] + * .mj-accordion-title { cursor:pointer; touch-action:manipulation; -webkit-user-select:none; -moz-user-select:none; user-select:none; }
          .mj-accordion-checkbox[type="checkbox"] + * .mj-accordion-content { overflow:hidden; display:none; }
          .mj-accordion-checkbox[type="checkbox"] + * .mj-accordion-more { display:block!important; }
          .mj-accordion-checkbox:checked + * .mj-accordion-content { display:block; }
          .mj-accordion-checkbox:checked + * .mj-accordion-more { display:none!important; }
          .mj-accordion-checkbox:checked + * .mj-accordion-less { display:block!important; }
        }

        .moz-text-html input.mj-accordion-checkbox + * .mj-accordion-title { cursor: auto; touch-action: auto; -webkit-user-select: auto; -moz-user-select: auto; user-select: auto; }
        .moz-text-html input.mj-accordion-checkbox + * .mj-accordion-content { overflow: hidden; display: block; }
        .moz-text-html input.mj-accordion-checkbox + * .mj-accordion-ico { display: none; }

        @goodbye { @gmail }
        """;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        page.Html.Raw("<table cellspacing=\"0\" cellpadding=\"0\" class=\"mj-accordion\"")
            .Style("width", "100%").Style("border-collapse", "collapse").Style("border", e[Border]).Style("border-bottom", "none")
            .Style("font-family", e[FontFamily]).Close().Raw("<tbody>").Line();
        var inherited = ToElements.Of(e);
        foreach (var child in e.Children)
        {
            page.Prepare(child, child.Component is MjAccordionElement ? inherited : null);
            page.Render(child, e.Width);
        }

        page.Html.Raw("</tbody></table>");
    }
}
