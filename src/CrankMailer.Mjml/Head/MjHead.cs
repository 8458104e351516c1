using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>What holds for the whole document.</summary>
internal sealed class MjHead : MjmlHeadComponent
{
    private static readonly AttributeTable Known = new();

    public override string Tag => "mj-head";

    public override IReadOnlyList<string> Parents { get; } = ["mjml"];

    public override AttributeTable Attributes => Known;

    internal override void Apply(MjmlElement e, HeadData head)
    {
        foreach (var child in e.Children)
        {
            Apply(head, child);
        }
    }

    /// <summary>Takes down what one element of the head says; also for those an include brought.</summary>
    internal static void Apply(HeadData head, MjmlElement child)
    {
        switch (child.Component)
        {
            case MjmlHeadComponent component:
                component.Apply(child, head);
                break;
            case { IsRaw: true }:
                head.Raw.Add(child.Content.ToString());
                break;
        }
    }
}
