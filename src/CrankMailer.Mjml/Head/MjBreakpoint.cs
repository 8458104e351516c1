using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>Below which width a client counts as a phone.</summary>
internal sealed class MjBreakpoint : MjmlHeadComponent
{
    private static readonly AttributeTable Known = new();
    private static readonly MjmlAttribute Width = Known.Add("width", AttributeType.Pixels);

    public override string Tag => "mj-breakpoint";

    public override IReadOnlyList<string> Parents { get; } = ["mj-head"];

    public override AttributeTable Attributes => Known;

    public override MjmlContent Content => MjmlContent.Html;

    internal override void Apply(MjmlElement e, HeadData head)
    {
        if (e.FindGiven(Width.Name) is { } width)
        {
            head.BreakpointText = width;
            head.Breakpoint = Number.Int(width);
        }
    }
}
