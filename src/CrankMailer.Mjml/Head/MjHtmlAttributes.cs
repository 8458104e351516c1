using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>Attributes for the elements of the HTML that selectors find: roles, data for scripts of a client, ids for tests.</summary>
internal sealed class MjHtmlAttributes : MjmlHeadComponent
{
    private static readonly AttributeTable Known = new();

    public override string Tag => "mj-html-attributes";

    public override IReadOnlyList<string> Parents { get; } = ["mj-head"];

    public override AttributeTable Attributes => Known;

    internal override void Apply(MjmlElement e, HeadData head)
    {
        foreach (var selector in e.Children)
        {
            if (selector.Component is MjSelector && selector.FindGiven("path") is { } path)
            {
                Add(head, path, selector);
            }
        }
    }

    private static void Add(HeadData head, string path, MjmlElement selector)
    {
        foreach (var attribute in selector.Children)
        {
            if (attribute.Component is MjHtmlAttribute && attribute.FindGiven("name") is { } name)
            {
                head.HtmlAttributes.Add((path, name, attribute.Content.ToString()));
            }
        }
    }
}
