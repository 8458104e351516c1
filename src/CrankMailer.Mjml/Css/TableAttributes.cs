namespace CrankMailer.Mjml.Css;

/// <summary>Old clients read some attributes of tables and pictures only: what a style says is said there, too.</summary>
internal static class TableAttributes
{
    public static void Apply(HtmlTag tag, List<StyleDeclaration> styles)
    {
        var inTable = tag.Name is "table" or "th" or "tr" or "td" or "caption" or "colgroup" or "col" or "thead" or "tbody" or "tfoot";
        foreach (var style in styles)
        {
            var attribute = style.Property switch
            {
                "background-color" => "bgcolor",
                "background-image" => "background",
                "text-align" => "align",
                "vertical-align" => "valign",
                _ => null,
            };
            if (inTable && attribute is not null && !style.Value.Contains("-gradient(", StringComparison.OrdinalIgnoreCase))
            {
                tag.Set(attribute, attribute == "background" ? UrlOf(style.Value) : style.Value);
            }
            else if (style.Property is "width" or "height" && tag.Name is "table" or "td" or "th" or "img")
            {
                ApplySize(tag, style, inTable);
            }
        }
    }

    private static void ApplySize(HtmlTag tag, StyleDeclaration style, bool inTable)
    {
        if (style.Value.Contains("px", StringComparison.Ordinal))
        {
            tag.Set(style.Property, style.Value.Replace("px", "", StringComparison.Ordinal));
        }
        else if (style.Value == "auto" || (inTable && style.Value.Contains('%', StringComparison.Ordinal)))
        {
            tag.Set(style.Property, style.Value);
        }
    }

    private static string UrlOf(string value)
    {
        var start = value.IndexOf("url(", StringComparison.OrdinalIgnoreCase);
        var end = value.LastIndexOf(')');
        return start < 0 || end < start ? value : value[(start + 4)..end].Trim().Trim('"', '\'');
    }
}
