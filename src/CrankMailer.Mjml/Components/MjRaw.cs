using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>HTML and template code as it is: <c>&lt;mj-raw&gt;{{ if … }}&lt;/mj-raw&gt;</c>. It takes no room.</summary>
internal sealed class MjRaw : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    public static readonly MjmlAttribute Position = Known.Add("position", AttributeType.OneOf("file-start"));

    public override string Tag => "mj-raw";

    public override IReadOnlyList<string> Parents { get; } =
    [
        "mjml", "mj-accordion", "mj-accordion-element", "mj-body", "mj-column", "mj-group", "mj-head", "mj-hero",
        "mj-navbar", "mj-section", "mj-social", "mj-wrapper",
    ];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    internal override bool IsRaw => true;

    public override void Render(MjmlElement e, MjmlPage page)
    {
        page.Html.Raw(e.Content);
        if (!e.IsBeforeRaw)
        {
            page.Html.Line();
        }
    }
}
