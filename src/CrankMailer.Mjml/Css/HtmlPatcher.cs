using CrankMailer.Mjml.Rendering;

namespace CrankMailer.Mjml.Css;

/// <summary>
/// Changes the tags that mj-html-attributes and mj-style inline="inline" concern. All other text is copied: template
/// code, comments for Outlook and entities stay as they were.
/// </summary>
internal static class HtmlPatcher
{
    /// <summary>Gives the elements that selectors find their attributes.</summary>
    public static string SetAttributes(string body, IEnumerable<(string Path, string Name, string Value)> attributes)
    {
        var mirror = HtmlMirror.Of(body, false);
        var budget = new SelectorBudget(mirror);
        foreach (var (path, name, value) in attributes)
        {
            foreach (var part in StyleSheet.SplitOutside(path, ','))
            {
                if (PreparedSelector.Find(part.Trim()) is { } selector)
                {
                    budget.Match(selector, i => Set(mirror.Elements[i], name, value));
                }
            }
        }

        return Write(body, mirror);
    }

    /// <summary>Writes the rules of style sheets into style attributes.</summary>
    public static string InlineStyles(string page, IEnumerable<string> styleSheets)
    {
        // Who asks for inline styles has HTML readers in mind; as there, every element gets its end tag then.
        var mirror = HtmlMirror.Of(page, true);
        new StyleInliner(styleSheets).Apply(mirror, new SelectorBudget(mirror));
        return Write(page, mirror);
    }

    private static void Set(MirroredElement element, string name, string value)
    {
        if (HtmlMirror.IsName(name))
        {
            element.Tag.Set(name, value);
            element.Element.SetAttribute(name, value);
        }
    }

    private static string Write(string html, HtmlMirror mirror)
    {
        using var output = new HtmlWriter(html.Length + 1024);
        var done = 0;
        var ends = 0;
        foreach (var (_, tag, _, _) in mirror.Elements)
        {
            if (tag.IsChanged)
            {
                AppendTo(tag.Start);
                tag.WriteTo(output);
                done = tag.End;
            }
        }

        AppendTo(html.Length);
        return output.Written.ToString();

        void AppendTo(int end)
        {
            for (; ends < mirror.MissingEnds.Count && mirror.MissingEnds[ends].At <= end; ends++)
            {
                var (at, name) = mirror.MissingEnds[ends];
                output.Raw(html.AsSpan(done, at - done)).Raw("</").Raw(name).Raw(">");
                done = at;
            }

            output.Raw(html.AsSpan(done, end - done));
        }
    }
}
