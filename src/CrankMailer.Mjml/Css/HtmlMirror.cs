using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace CrankMailer.Mjml.Css;

/// <summary>
/// The elements of written HTML as a tree that selectors can be matched against. It mirrors the tags as they stand:
/// a browser's parser would move what it thinks misplaced, such as template code between rows.
/// </summary>
internal sealed class HtmlMirror
{
    // Selectors look upwards; nothing of a layout lies deeper, and deeper trees would cost recursion.
    private const int DeepestTree = 500;

    private static readonly FrozenSet<string> Void =
        FrozenSet.Create("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    private readonly List<(IElement Element, HtmlTag Tag)> elements = [];
    private readonly List<(string Name, IElement Element)> open = [];
    private readonly IDocument document = new HtmlParser().ParseDocument("");

    private HtmlMirror() => document.DocumentElement.Remove();

    public IReadOnlyList<(IElement Element, HtmlTag Tag)> Elements => elements;

    public static HtmlMirror Of(string html)
    {
        var mirror = new HtmlMirror();
        HtmlTags.Read(html, mirror.Start, mirror.End);
        return mirror;
    }

    public static bool IsVoid(string name) => Void.Contains(name);

    private void Start(HtmlTag tag)
    {
        var element = document.CreateElement(IsName(tag.Name) ? tag.Name : "x-unknown");
        foreach (var attribute in tag.Attributes)
        {
            if (IsName(attribute.Name) && !element.HasAttribute(attribute.Name))
            {
                element.SetAttribute(attribute.Name, attribute.Value);
            }
        }

        if (open.Count > 0)
        {
            open[^1].Element.AppendChild(element);
        }
        else if (document.DocumentElement is null)
        {
            document.AppendChild(element);
        }

        elements.Add((element, tag));
        if (!tag.IsSelfClosed && !IsVoid(tag.Name) && open.Count < DeepestTree)
        {
            open.Add((tag.Name, element));
        }
    }

    private void End(string name)
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (open[i].Name == name)
            {
                open.RemoveRange(i, open.Count - i);
                return;
            }
        }
    }

    private static bool IsName(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && name.AsSpan().IndexOfAnyExcept(NameCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:.");
}
