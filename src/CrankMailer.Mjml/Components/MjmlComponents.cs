using System.Collections.Frozen;
using CrankMailer.Mjml.Head;

namespace CrankMailer.Mjml.Components;

/// <summary>The elements a document may use.</summary>
public sealed class MjmlComponents
{
    private readonly FrozenDictionary<string, MjmlComponent>.AlternateLookup<ReadOnlySpan<char>> byTag;
    private readonly MjmlComponent[] all;

    private MjmlComponents(MjmlComponent[] all)
    {
        this.all = all;
        ByTag = all.ToFrozenDictionary(c => c.Tag, StringComparer.Ordinal);
        byTag = ByTag.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>All elements of MJML 5.</summary>
    public static MjmlComponents Standard { get; } = new(
    [
        new MjMjml(), new MjHead(), new MjBody(), new MjRaw(),
        new MjTitle(), new MjPreview(), new MjStyle(), new MjFont(), new MjBreakpoint(),
        new MjAttributes(), new MjAll(), new MjClass(), new MjHtmlAttributes(), new MjSelector(), new MjHtmlAttribute(),
        new MjWrapper(), new MjSection(), new MjGroup(), new MjColumn(), new MjHero(),
        new MjText(), new MjButton(), new MjImage(), new MjDivider(), new MjSpacer(), new MjTable(),
        new MjSocial(), new MjSocialElement(), new MjNavbar(), new MjNavbarLink(),
        new MjAccordion(), new MjAccordionElement(), new MjAccordionTitle(), new MjAccordionText(),
        new MjCarousel(), new MjCarouselImage(),
    ]);

    public IReadOnlyList<MjmlComponent> All => all;

    internal FrozenDictionary<string, MjmlComponent> ByTag { get; }

    /// <summary>These and one more; a component of the same tag is replaced.</summary>
    public MjmlComponents With(MjmlComponent component) =>
        new([.. all.Where(c => c.Tag != component.Tag), component]);

    internal MjmlComponent? Find(ReadOnlySpan<char> tag) => byTag.TryGetValue(tag, out var found) ? found : null;
}
