using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>A part of an accordion: mj-accordion-title and mj-accordion-text.</summary>
internal sealed class MjAccordionElement : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        BackgroundColor = Known.Add("background-color", AttributeType.Color),
        FontFamily = Known.Add("font-family", AttributeType.Text);

    internal static readonly MjmlAttribute
        Border = Known.Add("border", AttributeType.Text),
        OuterFontFamily = Known.AddUnlisted("accordion-font-family");

    internal static readonly AccordionIcon Icon = new(Known, true);

    private static readonly Inherited ToTitle = new(
        [(Border, MjAccordionTitle.Border), .. Icon.PairsTo(MjAccordionTitle.Icon)]);

    private static readonly Inherited ToText = new((Border, MjAccordionText.Border));

    public override string Tag => "mj-accordion-element";

    public override IReadOnlyList<string> Parents { get; } = ["mj-accordion"];

    public override AttributeTable Attributes => Known;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var html = page.Html;
        html.Tag("tr").Class(e.CssClass).Close().Tag("td").Style("padding", "0px").Style("background-color", e[BackgroundColor]).Close().Line();
        html.Raw("<label class=\"mj-accordion-element\"").Style("font-size", "13px").Style("font-family", e[FontFamily]).Close().Line()
            .Raw("<!--[if !mso | IE]><!--><input class=\"mj-accordion-checkbox\" type=\"checkbox\" style=\"display:none;\" /><!--<![endif]-->").Line()
            .Raw("<div>");
        RenderParts(e, page);
        html.Raw("</div></label>").Line().Raw("</td></tr>").Line();
    }

    // A part without a title or a text gets an empty one: the icons stand in the title.
    private static void RenderParts(MjmlElement e, MjmlPage page)
    {
        var family = e[FontFamily] is { Length: > 0 } own ? own : e[OuterFontFamily];
        var toTitle = ToTitle.Of(e).Set(MjAccordionTitle.OuterFontFamily, family);
        var toText = ToText.Of(e).Set(MjAccordionText.OuterFontFamily, family);
        if (!e.Children.Exists(c => c.Component is MjAccordionTitle))
        {
            RenderEmpty<MjAccordionTitle>(e, page, "mj-accordion-title", toTitle);
        }

        foreach (var child in e.Children)
        {
            page.Prepare(child, child.Component is MjAccordionTitle ? toTitle : child.Component is MjAccordionText ? toText : null);
            page.Render(child, e.Width);
        }

        if (!e.Children.Exists(c => c.Component is MjAccordionText))
        {
            RenderEmpty<MjAccordionText>(e, page, "mj-accordion-text", toText);
        }
    }

    private static void RenderEmpty<T>(MjmlElement e, MjmlPage page, string tag, Inherited inherited)
        where T : MjmlComponent, new()
    {
        var empty = new MjmlElement(tag, EmptyPart<T>.Component, e.Source, e.Offset) { Parent = e, IsMadeUp = true };
        page.Prepare(empty, inherited);
        page.Render(empty, e.Width);
    }

    private static class EmptyPart<T>
        where T : MjmlComponent, new()
    {
        public static readonly T Component = new();
    }
}
