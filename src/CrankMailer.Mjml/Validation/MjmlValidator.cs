using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Head;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Validation;

/// <summary>Finds what mjml's validator finds, in its words.</summary>
internal sealed class MjmlValidator(List<MjmlProblem> problems)
{
    public void Check(MjmlElement e)
    {
        if (e.Component is not { } component)
        {
            Report(e, $"Element {e.Tag} doesn't exist or is not registered");
        }
        else if (component is not (MjmlHeadPart or MjMjml))
        {
            CheckNames(e, component);
            CheckParents(e);
            CheckValues(e);
        }

        WarnOfPassedOver(e);

        foreach (var child in e.Children)
        {
            Check(child);
        }
    }

    private void CheckNames(MjmlElement e, MjmlComponent component)
    {
        List<string>? illegal = null;
        foreach (var attribute in e.Given ?? [])
        {
            if (attribute.Name is not ("css-class" or "mj-class") && (attribute.Known is null || !component.Attributes.IsListed(attribute.Known)))
            {
                (illegal ??= []).Add(attribute.Name);
            }
        }

        if (illegal is not null)
        {
            Report(e, illegal.Count == 1 ? $"Attribute {illegal[0]} is illegal" : $"Attributes {string.Join(", ", illegal)} are illegal");
        }
    }

    private void CheckParents(MjmlElement e)
    {
        foreach (var child in e.Children)
        {
            if (child.Component is { } component && ParentRule.Objection(e, component) is { } objection)
            {
                Report(child, objection);
            }
        }
    }

    private void CheckValues(MjmlElement e)
    {
        foreach (var attribute in e.Given ?? [])
        {
            // A value that template code makes is known only later.
            if (attribute.Known is { } known && !attribute.Value.Contains("{{", StringComparison.Ordinal) && known.Type.Refusal(attribute.Value) is { } refusal)
            {
                Report(e, $"Attribute {attribute.Name} has invalid value: {refusal}");
            }
        }
    }

    // What mjml leaves out without a word.
    private void WarnOfPassedOver(MjmlElement e)
    {
        foreach (var child in e.Children)
        {
            if (child.Component is MjmlHeadPart part && e.Component is not null && !part.Parents.Contains(e.Tag))
            {
                Warn(child, $"{child.Tag} is passed over inside {e.Tag}: it means something only inside {string.Join(", ", part.Parents)}");
            }
            else if (e.Component is MjMjml && child.Component is not (null or MjRaw) && e.Children.Find(c => c.Component is MjHead or MjBody && c.Tag == child.Tag) != child)
            {
                Warn(child, $"{child.Tag} is passed over: mjml has one mj-head and one mj-body");
            }
        }
    }

    private void Warn(MjmlElement e, string message) => problems.Add(e.Source.Problem(e.Offset, e.Tag, message, MjmlSeverity.Warning));

    private void Report(MjmlElement e, string message) => problems.Add(e.Source.Problem(e.Offset, e.Tag, message));
}
