using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>A component of mj-head: it says something about the document and writes nothing itself.</summary>
public abstract class MjmlHeadComponent : MjmlComponent
{
    /// <summary>Takes down what the element says.</summary>
    internal abstract void Apply(MjmlElement e, HeadData head);

    public sealed override void Render(MjmlElement e, MjmlPage page) => throw new MjmlException(
        [e.Source.Problem(e.Offset, Tag, $"{Tag} cannot be used inside {e.Parent?.Tag}, only inside: {Validation.ParentRule.ListOf(this)}")]);
}
