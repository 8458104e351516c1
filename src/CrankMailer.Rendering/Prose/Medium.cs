using CrankMailer.Model;

namespace CrankMailer.Rendering.Prose;

/// <summary>
/// HTML or plain text: how the values of an issue are written for one of the two theme templates. Whatever it returns is ready to stand
/// in that template as it is, so that a theme's author can forget no escaping.
/// </summary>
internal abstract class Medium(HoleBag holes, bool editorHoles)
{
    private readonly List<Problem> problems = [];

    public IReadOnlyList<Problem> Problems => problems;

    protected HoleBag Holes => holes;

    /// <summary>A plain value: no Markdown in it, no line break kept.</summary>
    public abstract string Plain(string? value);

    /// <summary>One line of inline Markdown.</summary>
    /// <param name="isLinked">The whole line is to stand in a link, so links inside it become text.</param>
    public abstract string Inline(string markdown, Place place, bool isLinked = false);

    /// <summary>Paragraphs of Markdown.</summary>
    /// <param name="under">Level of the heading it stands under.</param>
    public abstract string Block(string markdown, Place place, int under);

    /// <summary>A link of the content, numbered in plain text; null where the address may not be linked.</summary>
    public abstract LinkTarget? Link(string? url, Place place);

    /// <summary>An address of the mail's furniture: checked and written, not numbered.</summary>
    public string? Address(string? url, Place place) => string.IsNullOrWhiteSpace(url) || CheckedUrl(url, place) is not { } safe ? null : Written(safe);

    /// <summary>Where a picture is to be loaded from; null where it cannot be.</summary>
    public abstract string? Picture(string? src);

    /// <summary>Starts a new list of link numbers' addresses and gives back those since the last one. Empty in HTML.</summary>
    public abstract IReadOnlyList<NumberedLink> TakeLinks();

    /// <summary>The words of a line of inline Markdown without any markup, for labels and subjects.</summary>
    public static string Words(string markdown) => PlainWords.Of(MarkdownReader.Inline(Markers.Clean(markdown)));

    protected string ReadyBlock(string markdown, Place place)
    {
        var clean = Markers.Clean(markdown);
        return editorHoles ? holes.Lift(clean, place) : clean;
    }

    /// <summary>A checked address, escaped as this medium needs.</summary>
    protected abstract string Written(string url);

    /// <summary>The address as it may stand in a link. Reports one that may not.</summary>
    protected string? CheckedUrl(string? url, Place place)
    {
        if (SafeUrl.Find(url, holes) is { } safe) return safe;
        problems.Add(string.IsNullOrWhiteSpace(url)
            ? new Problem(Severity.Error, "empty-link", "A link has no address and is printed as text. Give it an https address or take the link away.", Item: place.Path)
            : new Problem(Severity.Error, "unsafe-link", $"\"{url.Trim()}\" is no address a mail can link to and is printed as text. Write it in full, beginning with https://, mailto: or tel:.", Item: place.Path));
        return null;
    }
}

/// <summary>A link's address as written, and in plain text the number beside it; a mail or phone address has none.</summary>
internal sealed record LinkTarget(string Url, int? Number);

/// <summary>One line of a list of addresses in plain text.</summary>
internal sealed record NumberedLink(int Number, string Url);
