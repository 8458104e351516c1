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
    private const string ClassName = "mj-class";

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
        var given = new Given(values) { CssClass = start.CssClass };
        given.Apply(start.OfTag);
        if (head.Classes.Count > 0)
        {
            ApplyClasses(e, start, ref given);
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

    private void ApplyClasses(MjmlElement e, Start start, ref Given given)
    {
        if (e.FindGiven(ClassName) is { } names)
        {
            string? joined = null;
            foreach (var name in names.AsSpan().Split(' '))
            {
                if (!start.OfClass.TryGetValue(names.AsSpan()[name], out var attributes))
                {
                    continue;
                }

                var before = given.CssClass;
                given.CssClass = null;
                given.Apply(attributes);
                joined = Join(joined, given.CssClass);
                given.CssClass = before;
            }

            given.CssClass = joined ?? given.CssClass;
        }

        ApplyOuterClass(e, start, ref given);
    }

    private void ApplyOuterClass(MjmlElement e, Start start, ref Given given)
    {
        for (var outer = e.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer.FindGiven(ClassName) is not { } names)
            {
                continue;
            }

            foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (head.Classes.TryGetValue(name, out var known) && known.Inside.TryGetValue(e.Tag, out var values))
                {
                    given.Apply(start.KnownTo(values));
                }
            }

            return;
        }
    }

    private static string? Join(string? first, string? second) =>
        second is null ? first : first is null or "" || second is "" ? second : $"{first} {second}";

    private Start StartOf(MjmlComponent component)
    {
        if (starts.TryGetValue(component, out var known))
        {
            return known;
        }

        var start = new Start(component, head);
        starts.Add(component, start);
        return start;
    }

    /// <summary>What every element of one component begins with: worked out at the first of them.</summary>
    private sealed class Start
    {
        private readonly AttributeTable table;

        public Start(MjmlComponent component, HeadData head)
        {
            table = component.Attributes;
            Values = table.Defaults();
            var all = new Given(Values);
            all.Apply(KnownTo(head.All));
            CssClass = all.CssClass;
            OfTag = KnownTo(head.Tags.GetValueOrDefault(component.Tag) ?? []);
            OfClass = head.Classes.ToDictionary(c => c.Key, c => KnownTo(c.Value.Values)).GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public string?[] Values { get; }

        public string? CssClass { get; }

        public GivenAttribute[] OfTag { get; }

        public Dictionary<string, GivenAttribute[]>.AlternateLookup<ReadOnlySpan<char>> OfClass { get; }

        public GivenAttribute[] KnownTo(List<GivenAttribute> attributes) => [.. attributes.Select(a => a with { Known = table.Find(a.Name) })];
    }

    private struct Given(string?[] values)
    {
        public string? CssClass { get; set; }

        public void Apply(GivenAttribute[] attributes)
        {
            foreach (var attribute in attributes)
            {
                Apply(attribute);
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
