using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Css;

/// <summary>
/// The elements of written HTML as a tree that selectors can be matched against. It mirrors the tags as they stand:
/// a browser's parser would move what it thinks misplaced, such as template code between rows.
/// </summary>
internal sealed class HtmlMirror
{
    // Selectors look upwards; nothing of a layout lies deeper, and deeper trees would cost recursion.
    private const int DeepestTree = 200;

    private readonly List<MirroredElement> elements = [];
    private readonly List<OpenElement> open = [];
    private readonly List<(int At, string Name)> missingEnds = [];
    private readonly IDocument document = new HtmlParser().ParseDocument("");

    private readonly bool asHtml;

    private HtmlMirror(bool asHtml)
    {
        this.asHtml = asHtml;
        document.DocumentElement.Remove();
    }

    public IReadOnlyList<MirroredElement> Elements => elements;

    /// <summary>Where an element ends without an end tag, in the order of the text; found only where the tags are read as HTML.</summary>
    public IReadOnlyList<(int At, string Name)> MissingEnds => missingEnds;

    /// <summary>Children of the element that has the most.</summary>
    public int MostSiblings { get; private set; }

    /// <param name="html">Written HTML.</param>
    /// <param name="asHtml">True to read tags as browsers do (a slash closes nothing, a new row ends the last cell), false as XML does.</param>
    public static HtmlMirror Of(string html, bool asHtml)
    {
        var mirror = new HtmlMirror(asHtml);
        HtmlTags.Read(html, mirror.Start, mirror.End, mirror.Text);
        mirror.Close(0, html.Length, false);
        return mirror;
    }

    private void Start(HtmlTag tag)
    {
        while (asHtml && open.Count > 0 && HtmlNesting.Ends(tag.Name, open[^1].Name))
        {
            Close(open.Count - 1, tag.Start, false);
        }

        tag.LosesSlash = asHtml && tag.IsSelfClosed && !HtmlNesting.IsVoid(tag.Name);
        var element = document.CreateElement(IsName(tag.Name) ? tag.Name : "x-unknown");
        foreach (var attribute in tag.Attributes)
        {
            if (IsName(attribute.Name) && !element.HasAttribute(attribute.Name))
            {
                element.SetAttribute(attribute.Name, attribute.Value);
            }
        }

        var parent = open.Count > 0 ? open[^1] : null;
        if (parent is not null)
        {
            elements[parent.Index].Element.AppendChild(element);
        }
        else if (document.DocumentElement is null)
        {
            document.AppendChild(element);
        }

        elements.Add(new MirroredElement(element, tag, parent?.Index ?? -1, parent?.LastChild ?? -1));
        if (parent is not null)
        {
            parent.LastChild = elements.Count - 1;
            MostSiblings = Math.Max(MostSiblings, ++parent.Children);
        }

        if ((!tag.IsSelfClosed || tag.LosesSlash) && !HtmlNesting.IsVoid(tag.Name) && open.Count < DeepestTree)
        {
            open.Add(new OpenElement(tag.Name, elements.Count - 1));
        }
    }

    // No selector asks what a text says, but :empty asks whether there is one.
    private void Text()
    {
        if (open is [.., { HasText: false } parent])
        {
            parent.HasText = true;
            elements[parent.Index].Element.AppendChild(document.CreateTextNode(" "));
        }
    }

    private void End(string name, int at)
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (open[i].Name == name)
            {
                Close(i, at, true);
                return;
            }
        }
    }

    private void Close(int index, int at, bool hasEndTag)
    {
        for (var i = open.Count - 1; asHtml && i >= (hasEndTag ? index + 1 : index); i--)
        {
            missingEnds.Add((at, open[i].Name));
        }

        open.RemoveRange(index, open.Count - index);
    }

    public static bool IsName(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && name.AsSpan().IndexOfAnyExcept(NameCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:.");

    private sealed class OpenElement(string name, int index)
    {
        public string Name { get; } = name;

        public int Index { get; } = index;

        public int LastChild { get; set; } = -1;

        public int Children { get; set; }

        public bool HasText { get; set; }
    }
}

/// <param name="Parent">Place of its parent among the elements; -1 for none.</param>
/// <param name="Previous">Place of the sibling before it; -1 for none.</param>
internal readonly record struct MirroredElement(IElement Element, HtmlTag Tag, int Parent, int Previous);
