using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Head;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Validation;

/// <summary>Which element may stand in which.</summary>
internal static class ParentRule
{
    private const string Attributes = "mj-attributes";

    /// <summary>Why an element may not stand there, in mjml's words; null where it may.</summary>
    public static string? Objection(MjmlElement parent, MjmlComponent child) =>
        Allows(parent, child) ? null : $"{child.Tag} cannot be used inside {parent.Tag}, only inside: {ListOf(child)}";

    // The elements it may stand in, as mjml lists them.
    private static string ListOf(MjmlComponent component) =>
        string.Join(", ", component.Parents.Append(Attributes).Distinct()
            .OrderBy(tag => tag == "mjml" ? 0 : 1).ThenBy(tag => tag, StringComparer.Ordinal));

    private static bool Allows(MjmlElement parent, MjmlComponent child)
    {
        if (parent.Tag == Attributes || child is MjmlHeadPart or MjMjml)
        {
            return true;
        }

        for (var i = 0; i < child.Parents.Count; i++)
        {
            if (child.Parents[i] == parent.Tag)
            {
                return true;
            }
        }

        return false;
    }
}
