using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Rendering;

/// <summary>Shorthands with their sides.</summary>
public static class HtmlWriterSides
{
    /// <summary>The shorthand and each side that has a value, under the names of the attributes: padding, padding-top, …</summary>
    public static HtmlWriter Style(this HtmlWriter html, MjmlElement e, Sides sides) => html
        .Style(sides.All.Name, e[sides.All]).Style(sides.Top.Name, e[sides.Top]).Style(sides.Right.Name, e[sides.Right])
        .Style(sides.Bottom.Name, e[sides.Bottom]).Style(sides.Left.Name, e[sides.Left]);

    /// <summary>The same under another name: inner-border as border.</summary>
    internal static HtmlWriter StyleAs(this HtmlWriter html, MjmlElement e, Sides sides, SideNames names) => html
        .Style(names.All, e[sides.All]).Style(names.Top, e[sides.Top]).Style(names.Right, e[sides.Right])
        .Style(names.Bottom, e[sides.Bottom]).Style(names.Left, e[sides.Left]);

    /// <summary>Opens a table for layout, up to its further attributes.</summary>
    public static HtmlWriter LayoutTable(this HtmlWriter html) =>
        html.Raw("<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\"");

    /// <summary>Opens a centred table for layout, up to its further attributes.</summary>
    internal static HtmlWriter CentredTable(this HtmlWriter html) =>
        html.Raw("<table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\"");
}

/// <summary>CSS names of a shorthand and its sides.</summary>
internal sealed record SideNames(string All, string Top, string Right, string Bottom, string Left)
{
    public static readonly SideNames Border = Of("border");
    public static readonly SideNames Padding = Of("padding");

    private static SideNames Of(string name) => new(name, name + "-top", name + "-right", name + "-bottom", name + "-left");
}
