using System.Text;

namespace CrankMailer.Mjml.Components;

/// <summary>
/// The rules by which a carousel shows the picture whose radio button is checked. The radio buttons stand before the
/// content, the thumbnails before the pictures: a rule for the i-th of n reaches over the n-i that follow it by <c>+ *</c>.
/// </summary>
internal static class CarouselCss
{
    public static void Write(StringBuilder css, string id, int count, string? iconWidth, string? hoverColor, string? selectedColor)
    {
        var own = $".mj-carousel-{id}";
        css.Append($$"""
            .mj-carousel { -webkit-user-select: none; -moz-user-select: none; user-select: none; }
            {{own}}-icons-cell { display: table-cell !important; width: {{iconWidth}} !important; }
            .mj-carousel-radio, .mj-carousel-next, .mj-carousel-previous { display: none !important; }
            .mj-carousel-thumbnail, .mj-carousel-next, .mj-carousel-previous { touch-action: manipulation; }

            """);
        Rule(css, count, i => $"{own}-radio:checked {Over(i - 1)}+ .mj-carousel-content .mj-carousel-image", "display: none");
        Rule(css, count, i => $"{Checked(own, i, count)} .mj-carousel-image-{i}", "display: block");
        css.Append(".mj-carousel-previous-icons, .mj-carousel-next-icons, ");
        List(css, count, i => $"{Checked(own, i, count)} .mj-carousel-next-{(i % count) + 1}");
        css.Append(", ");
        Rule(css, count, i => $"{Checked(own, i, count)} .mj-carousel-previous-{(i == 1 ? count : i - 1)}", "display: block");
        Rule(css, count, i => $"{Checked(own, i, count)} {own}-thumbnail-{i}", $"border-color: {selectedColor}");
        Rule(css, count, i => $"{Checked(own, i, count)} {own}-thumbnail", "display: inline-block");
        css.Append(".mj-carousel-image img + div, .mj-carousel-thumbnail img + div { display: none !important; }\n");
        Rule(css, count, i => $"{own}-thumbnail:hover {Over(count - i)}+ .mj-carousel-main .mj-carousel-image", "display: none");
        css.Append($".mj-carousel-thumbnail:hover {{ border-color: {hoverColor} !important; }}\n");
        Rule(css, count, i => $"{own}-thumbnail-{i}:hover {Over(count - i)}+ .mj-carousel-main .mj-carousel-image-{i}", "display: block");
        css.Append($$"""
            .mj-carousel noinput { display:block !important; }
            .mj-carousel noinput .mj-carousel-image-1 { display: block !important; }
            .mj-carousel noinput .mj-carousel-arrows, .mj-carousel noinput .mj-carousel-thumbnails { display: none !important; }
            [owa] .mj-carousel-thumbnail { display: none !important; }
            @media screen yahoo {
              {{own}}-icons-cell, .mj-carousel-previous-icons, .mj-carousel-next-icons { display: none !important; }
              {{Checked(own, 1, count)}} {{own}}-thumbnail-1 { border-color: transparent; }
            }

            """);
    }

    private static string Checked(string own, int i, int count) => $"{own}-radio-{i}:checked {Over(count - i)}+ .mj-carousel-content";

    private static string Over(int elements) => string.Concat(Enumerable.Repeat("+ * ", elements));

    private static void Rule(StringBuilder css, int count, Func<int, string> selector, string declaration)
    {
        List(css, count, selector);
        css.Append(" { ").Append(declaration).Append(" !important; }\n");
    }

    private static void List(StringBuilder css, int count, Func<int, string> selector)
    {
        for (var i = 1; i <= count; i++)
        {
            css.Append(i == 1 ? "" : ", ").Append(selector(i));
        }
    }
}
