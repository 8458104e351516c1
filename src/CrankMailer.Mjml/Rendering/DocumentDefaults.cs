using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Head;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Rendering;

/// <summary>
/// The values of elements. From weak to strong: the component's default, mj-all, the parent, the tag in mj-attributes,
/// mj-class, what an outer mj-class says of this tag, the element itself.
/// </summary>
internal sealed class DocumentDefaults(HeadData head)
{
    private readonly Dictionary<MjmlComponent, Start> starts = [];

    public void Resolve(MjmlElement e, MjmlComponent component, Inherited? inherited)
    {
        if (e.IsMadeUp)
        {
            var plain = component.Attributes.Defaults();
            inherited?.ApplyTo(plain);
            e.Prepare(plain, null);
            return;
        }

        var start = StartOf(component);
        var values = (string?[])start.Values.Clone();
        inherited?.ApplyTo(values);
        var given = new Given(component.Attributes, values) { CssClass = start.CssClass };
        given.Apply(start.OfTag);
        if (head.Classes.Count > 0)
        {
            ApplyClasses(e, ref given);
        }

        if (e.Given is { } own)
        {
            foreach (var attribute in own)
            {
                given.Apply(attribute);
            }
        }

        e.Prepare(values, given.CssClass);
    }

    private void ApplyClasses(MjmlElement e, ref Given given)
    {
        string? joined = null;
        foreach (var name in Names(e))
        {
            if (head.Classes.TryGetValue(name, out var known))
            {
                var before = given.CssClass;
                given.CssClass = null;
                given.Apply(known.Values);
                joined = Join(joined, given.CssClass);
                given.CssClass = before;
            }
        }

        given.CssClass = joined ?? given.CssClass;
        for (var outer = e.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer.FindGiven("mj-class") is null)
            {
                continue;
            }

            foreach (var name in Names(outer))
            {
                if (head.Classes.TryGetValue(name, out var known) && known.Inside.TryGetValue(e.Tag, out var values))
                {
                    given.Apply(values);
                }
            }

            return;
        }
    }

    private static string[] Names(MjmlElement e) =>
        e.FindGiven("mj-class")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string? Join(string? first, string? second) =>
        first is null ? second : second is null ? first : $"{first} {second}";

    private Start StartOf(MjmlComponent component)
    {
        if (starts.TryGetValue(component, out var known))
        {
            return known;
        }

        var values = component.Attributes.Defaults();
        var given = new Given(component.Attributes, values);
        given.Apply(head.All);
        var start = new Start(values, given.CssClass, head.Tags.GetValueOrDefault(component.Tag));
        starts.Add(component, start);
        return start;
    }

    private sealed record Start(string?[] Values, string? CssClass, List<GivenAttribute>? OfTag);

    private struct Given(AttributeTable table, string?[] values)
    {
        public string? CssClass { get; set; }

        public void Apply(List<GivenAttribute>? attributes)
        {
            foreach (var attribute in attributes ?? [])
            {
                Apply(attribute with { Known = table.Find(attribute.Name) });
            }
        }

        public void Apply(GivenAttribute attribute)
        {
            if (attribute.Known is { } known)
            {
                values[known.Index] = known.Type.Normalise(attribute.Value);
            }
            else if (attribute.Name == "css-class")
            {
                CssClass = attribute.Value;
            }
        }
    }
}
