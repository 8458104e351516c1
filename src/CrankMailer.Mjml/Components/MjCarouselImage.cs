using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>A picture of mj-carousel. It is written in three places: as radio button, as thumbnail, as itself.</summary>
internal sealed class MjCarouselImage : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Alt = Known.Add("alt", AttributeType.Text, ""),
        Href = Known.Add("href", AttributeType.Text),
        Rel = Known.Add("rel", AttributeType.Text),
        Target = Known.Add("target", AttributeType.Text, "_blank"),
        Title = Known.Add("title", AttributeType.Text),
        Src = Known.Add("src", AttributeType.Text),
        ThumbnailsSrc = Known.Add("thumbnails-src", AttributeType.Text);

    internal static readonly MjmlAttribute
        BorderRadius = Known.Add("border-radius", AttributeType.Text),
        ThumbnailBorder = Known.Add("tb-border", AttributeType.Text),
        ThumbnailBorderRadius = Known.Add("tb-border-radius", AttributeType.Text),
        ThumbnailWidth = Known.AddUnlisted("tb-width");

    public override string Tag => "mj-carousel-image";

    public override IReadOnlyList<string> Parents { get; } = ["mj-carousel"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    /// <summary>As it stands outside a carousel, which is no place for it.</summary>
    public override void Render(MjmlElement e, MjmlPage page) => RenderImage(e, page.Html, 1);

    internal static void RenderRadio(HtmlWriter html, string id, int number) => html
        .Tag("input").Attribute("class", $"mj-carousel-radio mj-carousel-{id}-radio mj-carousel-{id}-radio-{number}")
        .Attribute("checked", number == 1 ? "checked" : null).Attribute("type", "radio").Attribute("name", $"mj-carousel-radio-{id}")
        .Attribute("id", $"mj-carousel-{id}-radio-{number}").Style("display", "none").Style("mso-hide", "all").CloseVoid();

    internal static void RenderThumbnail(MjmlElement e, HtmlWriter html, string id, int number, bool visible)
    {
        var thumbnail = string.IsNullOrEmpty(e.CssClass) ? null : string.Join(' ', e.CssClass.Split(' ').Select(c => c + "-thumbnail"));
        html.Tag("a").Style("border", e[ThumbnailBorder]).Style("border-radius", e[ThumbnailBorderRadius])
            .Style("display", visible ? "inline-block" : "none").Style("overflow", "hidden").Style("width", e[ThumbnailWidth])
            .Attribute("href", $"#{number}").Attribute("target", e[Target])
            .Class($"mj-carousel-thumbnail mj-carousel-{id}-thumbnail mj-carousel-{id}-thumbnail-{number}", thumbnail).Close();
        html.Tag("label").Attribute("for", $"mj-carousel-{id}-radio-{number}").Close()
            .Tag("img").Style("display", "block").Style("width", "100%").Style("height", "auto")
            .Attribute("src", e[ThumbnailsSrc] is { Length: > 0 } own ? own : e[Src]).Attribute("alt", e[Alt])
            .Attribute("width", Number.Int(e[ThumbnailWidth])).CloseVoid().Raw("</label></a>");
    }

    internal static void RenderImage(MjmlElement e, HtmlWriter html, int number)
    {
        var width = Math.Truncate(e.Width);
        html.Tag("div").Class($"mj-carousel-image mj-carousel-image-{number}", e.CssClass);
        html = number == 1 ? html : html.Style("display", "none").Style("mso-hide", "all");
        html.Close();
        var link = e[Href] is { Length: > 0 } ? e[Href] : null;
        if (link is not null)
        {
            html.Tag("a").Attribute("href", link).Attribute("rel", e[Rel]).Attribute("target", "_blank").Close();
        }

        html.Tag("img").Attribute("title", e[Title]).Attribute("src", e[Src]).Attribute("alt", e[Alt])
            .Style("border-radius", e[BorderRadius]).Style("display", "block").Style("width", e.Width, "px").Style("max-width", "100%").Style("height", "auto")
            .Attribute("width", width).Attribute("border", "0").CloseVoid().Raw(link is null ? "</div>" : "</a></div>");
    }
}
