using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>The background of a section or wrapper: colour, or picture with a VML copy for Outlook.</summary>
internal sealed class SectionBackground(SectionAttributes a)
{
    public bool HasPicture(MjmlElement e) => e[a.BackgroundUrl] is not null;

    public void Style(MjmlElement e, HtmlWriter html)
    {
        var color = e[a.BackgroundColor];
        if (string.IsNullOrEmpty(e[a.BackgroundUrl]))
        {
            html.Style("background", color).Style("background-color", color);
            return;
        }

        var position = Position(e).ToString();
        html.Style("background", $"{color}{(color is null ? "" : " ")}url('{e[a.BackgroundUrl]}') {position} / {e[a.BackgroundSize]} {e[a.BackgroundRepeat]}")
            .Style("background-position", position)
            .Style("background-repeat", e[a.BackgroundRepeat])
            .Style("background-size", e[a.BackgroundSize]);
    }

    /// <summary>Opens the rectangle that Outlook fills with the picture. Inside a part for Outlook only.</summary>
    public void OpenVml(MjmlElement e, HtmlWriter html, bool fullWidth)
    {
        html.Tag("v:rect");
        if (fullWidth)
        {
            html.Style("mso-width-percent", "1000");
        }
        else
        {
            html.Style("width", e.WidthText);
        }

        html.Attribute("xmlns:v", "urn:schemas-microsoft-com:vml").Attribute("fill", "true").Attribute("stroke", "false").Close();
        Fill(e, html);
        html.Raw("<v:textbox style=\"mso-fit-shape-to-text:true\" inset=\"0,0,0,0\">");
    }

    private void Fill(MjmlElement e, HtmlWriter html)
    {
        var size = e[a.BackgroundSize] ?? "";
        var repeated = e[a.BackgroundRepeat] == "repeat";
        var (x, y) = Position(e).ToVml(repeated);
        var (originX, originY, positionX, positionY) = size == "auto" ? (0.5, 0d, 0.5, 0d) : (x, y, x, y);
        html.Tag("v:fill")
            .Attribute("origin", $"{Number.Text(originX)}, {Number.Text(originY)}")
            .Attribute("position", $"{Number.Text(positionX)}, {Number.Text(positionY)}")
            .Attribute("src", e[a.BackgroundUrl])
            .Attribute("color", e[a.BackgroundColor])
            .Attribute("type", repeated || size == "auto" ? "tile" : "frame");
        switch (size)
        {
            case "cover":
                html.Attribute("size", "1,1").Attribute("aspect", "atleast");
                break;
            case "contain":
                html.Attribute("size", "1,1").Attribute("aspect", "atmost");
                break;
            case "auto":
                break;
            default:
                // One length leaves the other to the picture's own shape.
                html.Attribute("size", size.Replace(' ', ',')).Attribute("aspect", size.Contains(' ') ? null : "atmost");
                break;
        }

        html.CloseVoid();
    }

    private BackgroundPosition Position(MjmlElement e) =>
        BackgroundPosition.Parse(e[a.BackgroundPosition], e[a.BackgroundPositionX], e[a.BackgroundPositionY]);
}
