namespace CrankMailer.Authoring.Yaml;

/// <summary>The keys of design §6, in the order in which they are written.</summary>
internal static class DocumentShapes
{
    private static readonly YamlShape Text = new YamlShape.Text();
    private static readonly YamlShape Masthead = new YamlShape.ListOf(YamlShape.Texts("role", "name", "email"));

    public static YamlShape.Map FrontMatter { get; } = YamlShape.Of(
        ("publication", Text), ("title", Text), ("period", Text), ("number", new YamlShape.WholeNumber()), ("slug", Text), ("lang", Text),
        ("translation_of", Text), ("subject", Text), ("preheader", Text), ("image", YamlShape.Texts("src", "alt", "credit", "caption", "url")),
        ("masthead", Masthead),
        ("errata", new YamlShape.ListOf(YamlShape.Of(("at", new YamlShape.Instant()), ("item", Text), ("text", Text)))));

    public static YamlShape.Map Publication { get; } = YamlShape.Of(
        ("slug", Text), ("name", Text), ("tagline", Text), ("lang", Text), ("time_zone", Text), ("public_url", Text),
        ("sender", YamlShape.Texts("name", "email", "reply_to")),
        ("organisation", YamlShape.Of(("name", Text), ("postal_address", new YamlShape.ListOf(Text)), ("website", Text), ("imprint_url", Text),
            ("privacy_url", Text), ("contact", Text))),
        ("copyright", Text), ("social", new YamlShape.ListOf(YamlShape.Texts("network", "url", "label"))), ("why", Text), ("title", Text),
        ("intro", Text), ("masthead", Masthead), ("skeleton", new YamlShape.ListOf(YamlShape.Texts("kind", "heading"))),
        ("theme", YamlShape.Of(("name", Text), ("settings", new YamlShape.Map(new Dictionary<string, YamlShape>(), Open: true)))));
}
