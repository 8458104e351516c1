using System.Text;
using AngleSharp.Dom;
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
        SetAttributes(mirror, head);
        if (head.InlineStyles.Count > 0)
        {
            new StyleInliner(head.InlineStyles).Apply(mirror);
        }

        var output = new StringBuilder(html.Length + 1024);
        var done = 0;
        foreach (var (_, tag) in mirror.Elements)
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

    private static void SetAttributes(HtmlMirror mirror, HeadData head)
    {
        foreach (var (path, name, value) in head.HtmlAttributes)
        {
            if (StyleInliner.Find(path) is not { } selector)
            {
                continue;
            }

            foreach (var (element, tag) in mirror.Elements)
            {
                if (selector.Match(element, null))
                {
                    element.SetAttribute(name, value);
                    tag.Set(name, value);
                }
            }
        }
    }
}
