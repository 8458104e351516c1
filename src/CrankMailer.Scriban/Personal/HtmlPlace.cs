namespace CrankMailer.Scriban.Personal;

/// <summary>Where in HTML a literal text has led to. Two equal places need the same escaping.</summary>
internal sealed record HtmlPlace(HtmlState State, char Quote = '\0', string Tag = "", string Attribute = "", string Value = "")
{
    public static readonly HtmlPlace Start = new(HtmlState.Text);

    private static readonly string[] UrlAttributes =
        ["href", "src", "action", "formaction", "background", "cite", "poster", "data", "longdesc", "xlink:href", "manifest"];

    public bool IsUrl => State == HtmlState.Value && UrlAttributes.Contains(Attribute);

    /// <summary>Why no hole can stand here, or null where one can.</summary>
    public string? Refusal => State switch
    {
        HtmlState.Text => null,
        HtmlState.RawText => $"A personal value cannot stand inside <{Tag}>",
        HtmlState.Comment => "A personal value cannot stand inside a comment",
        HtmlState.Value when Quote == '\0' => $"Put the value of the attribute `{Attribute}` into quotes",
        HtmlState.Value when Attribute.StartsWith("on", StringComparison.Ordinal) || Attribute is "style" or "srcset" or "srcdoc" or "ping" =>
            $"A personal value cannot stand in the attribute `{Attribute}`",
        HtmlState.Value => null,
        _ => "A personal value can stand between tags or in the quoted value of an attribute, not inside of a tag",
    };
}

internal enum HtmlState { Text, TagOpen, TagName, BeforeAttribute, AttributeName, AfterAttributeName, BeforeValue, Value, Declaration, Comment, RawText }
