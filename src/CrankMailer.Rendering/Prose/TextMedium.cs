using System.Text;

namespace CrankMailer.Rendering.Prose;

/// <summary>
/// Values as plain text. A paragraph is one long line; <see cref="Layout.TextLayout"/> breaks the finished mail. Links are numbered
/// through the whole issue and listed by <see cref="TakeLinks"/>, once for each section.
/// </summary>
internal sealed class TextMedium(HoleBag holes, bool editorHoles) : Medium(holes, editorHoles)
{
    private readonly List<NumberedLink> pending = [];
    private int last;

    public override string Plain(string? value) => OneLine(Text(Markers.Clean(value)));

    public override string Inline(string markdown, Place place, bool isLinked = false)
    {
        var text = new StringBuilder();
        new TextProse(this, place, isLinked).Write(MarkdownReader.Inline(Markers.Clean(markdown)), text);
        return OneLine(text.ToString());
    }

    public override string Block(string markdown, Place place, int under) =>
        new TextProse(this, place, isLinked: false).Write(MarkdownReader.Block(ReadyBlock(markdown, place)));

    public override LinkTarget? Link(string? url, Place place)
    {
        if (CheckedUrl(url, place) is not { } safe) return null;
        var isPage = safe.StartsWith("http", StringComparison.Ordinal) || safe[0] == Markers.HoleStart;
        return new LinkTarget(safe, isPage ? Number(safe) : null);
    }

    public override string? Picture(string? src) => null;

    public override IReadOnlyList<NumberedLink> TakeLinks()
    {
        var taken = pending.ToArray();
        pending.Clear();
        return taken;
    }

    protected override string Written(string url) => url;

    /// <summary>Text whose braces are held back from the template language.</summary>
    public static string Text(string value) => value.Replace('{', Markers.Brace);

    // The same address twice in one section is one line of its list.
    private int Number(string url)
    {
        if (pending.Find(l => l.Url == url) is { } known) return known.Number;
        pending.Add(new NumberedLink(++last, url));
        return last;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
}
