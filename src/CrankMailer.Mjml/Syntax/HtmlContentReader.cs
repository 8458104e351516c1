using CrankMailer.Mjml.Components;

namespace CrankMailer.Mjml.Syntax;

/// <summary>
/// Finds where the HTML of mj-text and its like ends. The HTML is not read as such: only comments, CDATA, quoted
/// attribute values and elements of the same sort are stepped over, so that an end tag in them does not count.
/// </summary>
internal sealed class HtmlContentReader(SourceFile source, MjmlComponents components, List<MjmlElement> open, List<MjmlProblem> problems)
{
    private readonly string text = source.Text;
    private List<string>? inner;

    /// <summary>Sets the element's content, which begins at <paramref name="start"/>; returns where reading goes on.</summary>
    public int Read(MjmlElement element, int start)
    {
        var at = start;
        while (true)
        {
            var tag = TagScanner.NextTag(text, at);
            if (tag < 0 || tag + 1 >= text.Length)
            {
                return Unclosed(element, start, text.Length);
            }

            var next = text[tag + 1];
            if (next == '/')
            {
                if (EndsAt(element, tag, out var behind, out var byParent))
                {
                    return byParent ? Unclosed(element, start, tag) : Closed(element, start, tag, behind);
                }

                at = behind;
            }
            else if (next is '!' or '?')
            {
                at = TagScanner.EndOfMarkup(text, tag);
            }
            else
            {
                at = char.IsAsciiLetter(next) ? StepOver(tag) : tag + 1;
            }

            if (at < 0)
            {
                problems.Add(source.Problem(tag, element.Tag, "this tag or comment never ends: a quote, > or --> is missing"));
                return Unclosed(element, start, text.Length);
            }
        }
    }

    private bool EndsAt(MjmlElement element, int tag, out int behind, out bool byParent)
    {
        var nameStart = TagScanner.SkipSpace(text, tag + 2);
        behind = TagScanner.EndOfName(text, nameStart);
        var name = text.AsSpan(nameStart, behind - nameStart);
        byParent = false;
        if (inner is { Count: > 0 } && CloseInner(name))
        {
            return false;
        }

        if (name.Equals(element.Tag, StringComparison.OrdinalIgnoreCase))
        {
            var close = text.IndexOf('>', behind);
            behind = close < 0 ? text.Length : close + 1;
            return true;
        }

        byParent = name.StartsWith("mj", StringComparison.OrdinalIgnoreCase) && IsOpen(name);
        return byParent;
    }

    private bool CloseInner(ReadOnlySpan<char> name)
    {
        for (var i = inner is null ? -1 : inner.Count - 1; i >= 0 && inner is not null; i--)
        {
            if (name.Equals(inner[i], StringComparison.OrdinalIgnoreCase))
            {
                inner.RemoveRange(i, inner.Count - i);
                return true;
            }
        }

        return false;
    }

    private bool IsOpen(ReadOnlySpan<char> name)
    {
        foreach (var element in open)
        {
            if (name.Equals(element.Tag, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private int StepOver(int tag)
    {
        var nameEnd = TagScanner.EndOfName(text, tag + 1);
        var end = TagScanner.EndOfTag(text, nameEnd);
        if (end < 0)
        {
            return -1;
        }

        var name = text.AsSpan(tag + 1, nameEnd - tag - 1);
        if (name.StartsWith("mj", StringComparison.OrdinalIgnoreCase) && text[end - 1] != '/' && inner is not { Count: >= MjmlReader.DeepestNesting })
        {
            (inner ??= []).Add(components.Find(name)?.Tag ?? name.ToString());
        }

        return end + 1;
    }

    private static int Closed(MjmlElement element, int start, int end, int behind)
    {
        SetContent(element, start, end);
        return behind;
    }

    private int Unclosed(MjmlElement element, int start, int end)
    {
        // "a <b</mj-text>": the end tag is there, only what precedes it swallowed it.
        var swallowed = text.AsSpan(start, end - start).LastIndexOf($"</{element.Tag}");
        SetContent(element, start, swallowed < 0 ? end : start + swallowed);
        problems.Add(source.Problem(element.Offset, element.Tag, $"{element.Tag} is never closed: add </{element.Tag}>", MjmlSeverity.Warning));
        return end;
    }

    private static void SetContent(MjmlElement element, int start, int end)
    {
        var content = element.Source.Text.AsSpan(start, end - start);
        var trimmed = content.TrimStart();
        element.ContentStart = start + content.Length - trimmed.Length;
        element.ContentLength = trimmed.TrimEnd().Length;
    }
}
