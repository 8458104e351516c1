using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>Pictures to leaf through by radio buttons; Outlook shows the first.</summary>
internal sealed class MjCarousel : MjmlComponent
{
    private const string UsualThumbnailWidth = "110px";

    // The rules grow with the square of the images.
    private const int MostImages = 50;

    private static readonly AttributeTable Known = new();

    private static readonly MjmlAttribute
        Align = Known.Add("align", AttributeType.OneOf("left", "center", "right"), "center"),
        BorderRadius = Known.Add("border-radius", AttributeType.Text, "6px"),
        ContainerBackgroundColor = Known.Add("container-background-color", AttributeType.Color),
        IconWidth = Known.Add("icon-width", AttributeType.Length, "44px"),
        LeftIcon = Known.Add("left-icon", AttributeType.Text, "https://i.imgur.com/xTh3hln.png"),
        RightIcon = Known.Add("right-icon", AttributeType.Text, "https://i.imgur.com/os7o9kz.png"),
        Thumbnails = Known.Add("thumbnails", AttributeType.OneOf("visible", "hidden", "supported"), "visible"),
        ThumbnailBorder = Known.Add("tb-border", AttributeType.Text, "2px solid transparent"),
        ThumbnailBorderRadius = Known.Add("tb-border-radius", AttributeType.Text, "6px"),
        ThumbnailHoverBorderColor = Known.Add("tb-hover-border-color", AttributeType.Color, "#fead0d"),
        ThumbnailSelectedBorderColor = Known.Add("tb-selected-border-color", AttributeType.Color, "#ccc"),
        ThumbnailWidth = Known.Add("tb-width", AttributeType.Length);

    private static readonly Inherited ToImages = new(
        (BorderRadius, MjCarouselImage.BorderRadius), (ThumbnailBorder, MjCarouselImage.ThumbnailBorder),
        (ThumbnailBorderRadius, MjCarouselImage.ThumbnailBorderRadius));

    static MjCarousel() => Known.AddPadding();

    public override string Tag => "mj-carousel";

    public override IReadOnlyList<string> Parents { get; } = ["mj-column", "mj-hero"];

    public override AttributeTable Attributes => Known;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        var images = e.Children.FindAll(c => c.Component is MjCarouselImage);
        if (images.Count > MostImages)
        {
            throw new MjmlException([e.Source.Problem(e.Offset, Tag, $"mj-carousel has {images.Count} images: {MostImages} are the most its style sheet can bear")]);
        }

        var inherited = ToImages.Of(e)
            .Set(MjCarouselImage.ThumbnailWidth, e[ThumbnailWidth] is { Length: > 0 } width ? width : UsualThumbnailWidth);
        foreach (var image in images)
        {
            page.Prepare(image, inherited);
            image.Width = e.Width;
        }

        var id = page.NextId();
        if (images.Count > 0)
        {
            CarouselCss.Write(page.ElementCss, id, images.Count, e[IconWidth], e[ThumbnailHoverBorderColor], e[ThumbnailSelectedBorderColor]);
            page.CheckElementCss();
        }

        RenderRich(e, page.Html, images, id);
        if (images.Count > 0)
        {
            page.Html.Line().Raw("<!--[if mso]>");
            MjCarouselImage.RenderImage(images[0], page.Html, 1);
            page.Html.Raw("<![endif]-->");
        }
    }

    private static void RenderRich(MjmlElement e, HtmlWriter html, List<MjmlElement> images, string id)
    {
        html.Raw("<!--[if !mso]><!--><div class=\"mj-carousel\">");
        for (var i = 1; i <= images.Count; i++)
        {
            MjCarouselImage.RenderRadio(html, id, i);
        }

        html.Tag("div").Attribute("class", $"mj-carousel-content mj-carousel-{id}-content")
            .Style("display", "table").Style("width", "100%").Style("table-layout", "fixed").Style("text-align", "center").Style("font-size", "0px").Close();
        if (e[Thumbnails] is "visible" or "supported")
        {
            for (var i = 0; i < images.Count; i++)
            {
                MjCarouselImage.RenderThumbnail(images[i], html, id, i + 1, e[Thumbnails] == "visible");
            }
        }

        html.Raw("<table style=\"caption-side:top;display:table-caption;table-layout:fixed;width:100%;\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" role=\"presentation\" class=\"mj-carousel-main\"><tbody><tr>");
        RenderControls(html, id, images.Count, "previous", e[LeftIcon], e[IconWidth]);
        html.Raw("<td style=\"padding:0px;\"><div class=\"mj-carousel-images\">");
        for (var i = 0; i < images.Count; i++)
        {
            MjCarouselImage.RenderImage(images[i], html, i + 1);
        }

        html.Raw("</div></td>");
        RenderControls(html, id, images.Count, "next", e[RightIcon], e[IconWidth]);
        html.Raw("</tr></tbody></table></div></div><!--<![endif]-->");
    }

    private static void RenderControls(HtmlWriter html, string id, int count, string direction, string? icon, string? width)
    {
        html.Tag("td").Attribute("class", $"mj-carousel-{id}-icons-cell")
            .Style("font-size", "0px").Style("display", "none").Style("mso-hide", "all").Style("padding", "0px").Close()
            .Tag("div").Attribute("class", $"mj-carousel-{direction}-icons").Style("display", "none").Style("mso-hide", "all").Close();
        for (var i = 1; i <= count; i++)
        {
            html.Tag("label").Attribute("for", $"mj-carousel-{id}-radio-{i}").Attribute("class", $"mj-carousel-{direction} mj-carousel-{direction}-{i}").Close()
                .Tag("img").Attribute("src", icon).Attribute("alt", direction)
                .Style("display", "block").Style("width", width).Style("height", "auto")
                .Attribute("width", Number.Int(width)).CloseVoid().Raw("</label>");
        }

        html.Raw("</div></td>");
    }
}
