using System.Text;
using CrankMailer.Mjml.Head;

namespace CrankMailer.Mjml.Css;

/// <summary>
/// Changes the tags that mj-html-attributes and mj-style inline="inline" concern. All other text is copied: template
/// code, comments for Outlook and entities stay as they were.
/// </summary>
internal static class HtmlPatcher
{
    public static string Apply(string html, HeadData head)
    {
        var mirror = HtmlMirror.Of(html);
        var budget = new SelectorBudget(mirror);
        SetAttributes(mirror, head, budget);
        if (head.InlineStyles.Count > 0)
        {
            new StyleInliner(head.InlineStyles).Apply(mirror, budget);
        }

        var output = new StringBuilder(html.Length + 1024);
        var done = 0;
        foreach (var (_, tag, _, _) in mirror.Elements)
        {
            if (tag.IsChanged)
            {
                output.Append(html, done, tag.Start - done);
                tag.WriteTo(output);
                done = tag.End;
            }
        }

        return output.Append(html, done, html.Length - done).ToString();
    }

    private static void SetAttributes(HtmlMirror mirror, HeadData head, SelectorBudget budget)
    {
        foreach (var (path, name, value) in head.HtmlAttributes)
        {
            foreach (var part in StyleSheet.SplitOutside(path, ','))
            {
                if (PreparedSelector.Find(part.Trim()) is { } selector)
                {
                    budget.Match(selector, i => Set(mirror.Elements[i], name, value));
                }
            }
        }
    }

    private static void Set(MirroredElement element, string name, string value)
    {
        if (HtmlMirror.IsName(name))
        {
            element.Tag.Set(name, value);
            element.Element.SetAttribute(name, value);
        }
    }
}
