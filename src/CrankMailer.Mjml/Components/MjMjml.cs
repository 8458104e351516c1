using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Components;

/// <summary>The document: mj-head, mj-body, and mj-raw for what stands before the doctype.</summary>
internal sealed class MjMjml : MjmlComponent
{
    private static readonly AttributeTable Known = new();

    public static readonly MjmlAttribute
        Owa = Known.Add("owa", AttributeType.Text),
        Lang = Known.Add("lang", AttributeType.Text),
        Dir = Known.Add("dir", AttributeType.Text);

    public override string Tag => "mjml";

    public override IReadOnlyList<string> Parents { get; } = [];

    public override AttributeTable Attributes => Known;

    /// <summary>The compiler renders the body of the document; a second mjml in it is passed over.</summary>
    public override void Render(MjmlElement e, MjmlPage page)
    {
    }
}
