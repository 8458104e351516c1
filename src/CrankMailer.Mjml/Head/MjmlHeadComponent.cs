using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>A component of mj-head: it says something about the document and writes nothing itself.</summary>
public abstract class MjmlHeadComponent : MjmlComponent
{
    /// <summary>Takes down what the element says.</summary>
    internal abstract void Apply(MjmlElement e, HeadData head);

    public override void Render(MjmlElement e, MjmlPage page) => throw new MjmlException(
        [e.Source.Problem(e.Offset, Tag, Validation.ParentRule.Objection(e.Parent ?? e, this) ?? $"{Tag} is no part of a body")]);
}

/// <summary>
/// What only its parent reads: mj-all, mj-class, mj-selector, mj-html-attribute. mjml has no component of these names:
/// it checks nothing of them, and elsewhere they mean nothing.
/// </summary>
internal abstract class MjmlHeadPart : MjmlHeadComponent
{
    internal sealed override void Apply(MjmlElement e, HeadData head)
    {
    }

    public sealed override void Render(MjmlElement e, MjmlPage page)
    {
    }
}
