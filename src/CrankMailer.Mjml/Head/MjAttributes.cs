using CrankMailer.Mjml.Attributes;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>Defaults of the document: for all elements (mj-all), for a tag, for a class (mj-class).</summary>
internal sealed class MjAttributes : MjmlHeadComponent
{
    private static readonly AttributeTable Known = new();

    public override string Tag => "mj-attributes";

    public override IReadOnlyList<string> Parents { get; } = ["mj-head"];

    public override AttributeTable Attributes => Known;

    internal override void Apply(MjmlElement e, HeadData head)
    {
        foreach (var child in e.Children)
        {
            switch (child.Component)
            {
                case MjAll:
                    head.All.AddRange(child.Given ?? []);
                    break;
                case MjClass:
                    AddClass(head, child);
                    break;
                default:
                    AddTo(head.Tags, child);
                    break;
            }
        }
    }

    private static void AddClass(HeadData head, MjmlElement e)
    {
        if (e.FindGiven("name") is not { } name)
        {
            return;
        }

        if (!head.Classes.TryGetValue(name, out var known))
        {
            head.Classes.Add(name, known = new ClassData());
        }

        known.Values.AddRange(e.Given?.Where(a => a.Name != "name") ?? []);
        foreach (var inside in e.Children)
        {
            AddTo(known.Inside, inside);
        }
    }

    private static void AddTo(Dictionary<string, List<GivenAttribute>> defaults, MjmlElement e)
    {
        if (!defaults.TryGetValue(e.Tag, out var known))
        {
            defaults.Add(e.Tag, known = []);
        }

        known.AddRange(e.Given ?? []);
    }
}
