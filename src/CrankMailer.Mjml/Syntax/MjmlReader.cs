using CrankMailer.Mjml.Components;

namespace CrankMailer.Mjml.Syntax;

/// <summary>
/// Markup → elements, in one pass. Forgiving as mjml is: what is not closed is closed by its parent's end, a closing
/// tag of nothing is passed over; both are reported as warnings with their place. What is cut off in the middle of a
/// tag is an error.
/// </summary>
internal sealed class MjmlReader(MjmlOptions options, List<MjmlProblem> problems, IncludeBudget budget, int depth = 0)
{
    // Deeper than any layout, and far from what recursion in the renderer could not bear.
    internal const int DeepestNesting = 200;

    private readonly List<MjmlElement> open = [];
    private readonly IncludeReader includes = new(options, problems, budget);
    private SourceFile source = new("", "");
    private string text = "";
    private int at;
    private MjmlElement? root;
    private bool tooDeep;

    /// <summary>The outermost element; null when there is none.</summary>
    public MjmlElement? Read(SourceFile file)
    {
        source = file;
        text = file.Text;
        at = 0;
        while (at < text.Length && !tooDeep)
        {
            var tag = TagScanner.NextTag(text, at);
            CheckLooseText(at, tag < 0 ? text.Length : tag);
            if (tag < 0)
            {
                break;
            }

            at = tag;
            ReadMarkup();
        }

        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (open[i].IsMadeUp)
            {
                continue;
            }

            Warn(open[i].Offset, open[i].Tag, $"{open[i].Tag} is never closed: add </{open[i].Tag}>");
        }

        return root;
    }

    /// <summary>Elements that have no root of their own, under one made for them.</summary>
    public MjmlElement? ReadFragment(SourceFile file)
    {
        var parent = new MjmlElement("mj-body", options.Components.Find("mj-body"), file, 0) { IsMadeUp = true };
        open.Add(parent);
        Read(file);
        return parent;
    }

    /// <summary>Elements an include of the document brought for its head: mj-style of CSS files, heads of MJML files.</summary>
    public IReadOnlyList<MjmlElement> IncludedHead => includes.Head;

    private void ReadMarkup()
    {
        var next = at + 1 < text.Length ? text[at + 1] : ' ';
        if (next == '/')
        {
            ReadClosingTag();
        }
        else if (next is '!' or '?')
        {
            ReadDeclaration();
        }
        else if (char.IsAsciiLetter(next))
        {
            ReadElement();
        }
        else
        {
            at++;
        }
    }

    private void ReadDeclaration()
    {
        var end = TagScanner.EndOfMarkup(text, at);
        if (end < 0)
        {
            Error(at, "", "this comment or declaration never ends: add -->");
            end = text.Length;
        }

        if (options.KeepComments && open.Count > 0 && text.AsSpan(at).StartsWith(TagScanner.CommentStart))
        {
            // To mjml a comment is an mj-raw.
            open[^1].Add(new MjmlElement("mj-raw", options.Components.Find("mj-raw"), source, at) { ContentStart = at, ContentLength = end - at });
        }

        at = end;
    }

    private void ReadClosingTag()
    {
        var nameStart = TagScanner.SkipSpace(text, at + 2);
        var nameEnd = TagScanner.EndOfName(text, nameStart);
        var close = text.IndexOf('>', nameEnd);
        var name = text.AsSpan(nameStart, nameEnd - nameStart);
        var index = FindOpen(name);
        if (index < 0)
        {
            // HTML knows an end tag that stands for the whole element: </p>, </br>.
            if (name is "p" or "br")
            {
                Add(new MjmlElement(name.ToString(), null, source, at));
            }

            Warn(at, "", $"{text[at..(close < 0 ? text.Length : close + 1)].Trim()} closes nothing that is open");
        }
        else
        {
            CloseDownTo(index);
        }

        at = close < 0 ? text.Length : close + 1;
    }

    private void CloseDownTo(int index)
    {
        for (var i = open.Count - 1; i > index; i--)
        {
            Warn(open[i].Offset, open[i].Tag, $"{open[i].Tag} is not closed before its parent {open[index].Tag} is: add </{open[i].Tag}>");
        }

        open.RemoveRange(index, open.Count - index);
    }

    private int FindOpen(ReadOnlySpan<char> name)
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (name.Equals(open[i].Tag, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private void ReadElement()
    {
        var start = at;
        var nameEnd = TagScanner.EndOfName(text, at + 1);
        var name = text.AsSpan(at + 1, nameEnd - at - 1);
        var component = Find(name);
        var element = new MjmlElement(component?.Tag ?? name.ToString().ToLowerInvariant(), component, source, start);
        at = nameEnd;
        if (!AttributeReader.Read(text, ref at, element, out var selfClosed))
        {
            Error(start, element.Tag, $"the tag <{element.Tag} is cut off: a quote or > is missing");
            at = text.Length;
            return;
        }

        if (element.Given is { Count: >= AttributeReader.Most })
        {
            Error(start, element.Tag, $"{element.Tag} has too many attributes: those behind the first {AttributeReader.Most} are dropped");
        }

        if (element.Tag == IncludeReader.Tag)
        {
            Include(element, selfClosed);
            return;
        }

        if (component is null)
        {
            EndImplied(element.Tag);
        }

        Add(element);
        if (selfClosed || (component is null && HtmlNesting.IsVoid(element.Tag)))
        {
            return;
        }

        if (component is { Content: MjmlContent.Html })
        {
            at = new HtmlContentReader(source, options.Components, open, problems).Read(element, at);
        }
        else if (depth + open.Count >= DeepestNesting)
        {
            Error(start, element.Tag, $"elements are nested deeper than {DeepestNesting} levels");
            tooDeep = true;
        }
        else
        {
            open.Add(element);
        }
    }

    // What stands between the tags of an include stands beside what it brings in.
    private MjmlElement? Parent()
    {
        var i = open.Count - 1;
        while (i >= 0 && open[i].Tag == IncludeReader.Tag)
        {
            i--;
        }

        return i < 0 ? null : open[i];
    }

    private void EndImplied(string tag)
    {
        while (open.Count > 0 && HtmlNesting.Ends(tag, open[^1].Tag))
        {
            open.RemoveAt(open.Count - 1);
        }
    }

    private MjmlComponent? Find(ReadOnlySpan<char> name) =>
        options.Components.Find(name) is { } exact ? exact
        : name.ContainsAnyInRange('A', 'Z') ? options.Components.Find(name.ToString().ToLowerInvariant())
        : null;

    private void Add(MjmlElement element)
    {
        if (Parent() is { } parent)
        {
            parent.Add(element);
        }
        else
        {
            // Of two roots the last one counts, as in mjml.
            root = element;
        }
    }

    private void Include(MjmlElement element, bool selfClosed)
    {
        var parent = Parent();
        if (!selfClosed)
        {
            open.Add(element);
        }

        foreach (var included in includes.Read(element, parent, depth + open.Count))
        {
            parent?.Add(included);
        }
    }

    // mjml drops text between its elements without a word. Template code there is surely meant to work.
    private void CheckLooseText(int from, int to)
    {
        if (to > from && open.Count > 0 && text.AsSpan(from, to - from).IndexOf("{{") is var hole and >= 0)
        {
            Warn(from + hole, open[^1].Tag, "template code between elements is dropped: put it into mj-raw");
        }
    }

    private void Warn(int offset, string tag, string message) =>
        problems.Add(source.Problem(offset, tag, message, MjmlSeverity.Warning));

    private void Error(int offset, string tag, string message) => problems.Add(source.Problem(offset, tag, message));
}
