using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>What mj-section and mj-group do alike with the columns in them.</summary>
internal static class ColumnRow
{
    /// <summary>Prepares the children and tells each what the gutter takes.</summary>
    public static void Place(MjmlElement row, MjmlPage page, string? gutter, bool rtl)
    {
        for (var i = 0; i < row.Children.Count; i++)
        {
            var child = row.Children[i];
            page.Prepare(child);
            child.Gutter = string.IsNullOrEmpty(gutter) ? null : new Gutter(gutter, i, row.Children.Count, rtl, row.Component is MjGroup);
        }
    }

    /// <summary>align of the cell Outlook gets around a child.</summary>
    public static string? Align(MjmlElement child) => child.Component?.Cell.Align is { } align ? child[align] : null;
}

/// <summary>What stands beside others in a section: mj-column, mj-group.</summary>
internal interface IColumn
{
    /// <summary>Styles of the cell that Outlook gets around it.</summary>
    void StyleOutlookCell(MjmlElement e, HtmlWriter html);
}
