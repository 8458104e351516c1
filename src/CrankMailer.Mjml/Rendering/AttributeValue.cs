namespace CrankMailer.Mjml.Rendering;

/// <summary>Makes a value safe between double quotes, and inside a comment for Outlook. Template code stays as it is.</summary>
internal static class AttributeValue
{
    public static void Escape(ReadOnlySpan<char> value, HtmlWriter to)
    {
        while (!value.IsEmpty)
        {
            var hole = value.IndexOf("{{");
            var end = hole < 0 ? -1 : value[hole..].IndexOf("}}");
            EscapePlain(end < 0 ? value : value[..hole], to);
            if (end < 0)
            {
                return;
            }

            to.Raw(value.Slice(hole, end + 2));
            value = value[(hole + end + 2)..];
        }
    }

    private static void EscapePlain(ReadOnlySpan<char> value, HtmlWriter to)
    {
        var done = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var replacement = value[i] == '"' ? "&quot;" : value[i] == '>' && value[..i].EndsWith("--") ? "&gt;" : null;
            if (replacement is not null)
            {
                to.Raw(value[done..i]).Raw(replacement);
                done = i + 1;
            }
        }

        to.Raw(value[done..]);
    }
}
