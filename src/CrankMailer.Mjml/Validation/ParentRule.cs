using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Validation;

/// <summary>Which element may stand in which.</summary>
internal static class ParentRule
{
    private const string Attributes = "mj-attributes";

    /// <summary>The elements it may stand in, as mjml lists them.</summary>
    public static string ListOf(MjmlComponent component) =>
        string.Join(", ", component.Parents.Append(Attributes).Distinct()
            .OrderBy(tag => tag == "mjml" ? 0 : 1).ThenBy(tag => tag, StringComparer.Ordinal));

    public static bool Allows(MjmlElement parent, MjmlComponent child)
    {
        if (parent.Tag is Attributes or "mj-class" || child is MjComment)
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
