using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Rendering;

/// <summary>Issues nobody would write, from a seed: every kind of section, text with markup, braces, tables, other scripts, nothing at all.</summary>
internal sealed class IssueGenerator(int seed)
{
    private static readonly string[] Words =
    [
        "harbor", "*pier*", "**lamp**", "`code`", "a_b", "[link](https://a.example.test/x)", "[bad](javascript:x)", "<b>", "&amp;", "&", "\"q\"", "'s",
        "{{ x }}", "{%{", "}}", "}%}", "{", "\\{{", "(p)", "שלום", "مرفأ", "静かな港", "😀", "e\u0301", "\u200f", "1.", "-", "#", "|", "https://b.example.test",
        "\uFDD0\uFDD17\uFDD2", "\uD83D", "\u0000", "</td>", "<!--", "-->", "<![endif]-->", "]]>", "%", "$", "===", "![pic](https://a.example.test/p.png)",
    ];

    private static readonly string[] Blocks =
    [
        "- a\n- b\n  - c", "1. x\n2. y", "> quoted\n> twice", "# big\n\n### small", "| A | B |\n|---|---|\n| {{ z }} | 2 |", "```\n<pre> {{ x }}\n```", "---", "    code",
        "{{ subscriber.first_name }}", "a  \nb", "Term\n===", "[x]: https://a.example.test\n\n[x]",
    ];

    private readonly Random random = new(seed);

    public Issue Issue() => new()
    {
        Title = Maybe(Line), Period = Pick("2026-06", "2026", "2026-06-18", null, "soon"), Number = random.Next(3) == 0 ? random.Next(100) : null,
        Lang = Pick(null, "en", "de", "ar", "ja", "no such"), Subject = Maybe(Line), Preheader = Maybe(Line), Intro = Maybe(Block),
        Image = Maybe(Image), Sections = Many(5, Section), Masthead = Many(2, () => new MastheadEntry { Role = Line(), Name = Line(), Email = Pick(null, "a@b.test", Line()) }),
    };

    public Publication Publication() => new()
    {
        Slug = "p", Name = Line(), Tagline = Maybe(Line), PublicUrl = "https://p.example.test", Title = Pick(null, "{name} {month}", Line()), Why = Maybe(Line),
        Copyright = Pick(null, "© {year}", Line()), Organisation = new Organisation { Name = Maybe(Line), PostalAddress = Many(3, Line), Contact = Pick(null, "a@b.test") },
    };

    private Section Section() => random.Next(8) switch
    {
        0 => new StoriesSection { Heading = Maybe(Line), Lead = Maybe(Block), Stories = Many(3, () => new Story { Headline = Line(), Body = Block(), Url = Pick(null, "https://a.example.test/s"), Byline = Maybe(Line), Image = Maybe(Image) }) },
        1 => new BriefsSection { Heading = Maybe(Line), Tail = Maybe(Block), Items = Many(4, () => new Brief { Text = Line(), Sources = Many(3, () => new Source { Name = Line(), Url = Pick(null, "https://a.example.test/b?x={y}") }) }) },
        2 => new ReadingsSection { Heading = Maybe(Line), Items = Many(3, () => new Reading { Title = Line(), Url = Pick(null, "https://a.example.test/r"), Lang = Pick(null, "ru", "he", "x y"), Byline = Maybe(Line) }) },
        3 => new EventsSection { Items = Many(3, () => new IssueEvent { Title = Line(), Starts = Pick("2026-06-18 17:00", "2026-06-18", "soon", null), Zone = Pick(null, "Asia/Tokyo", "Nowhere/X"), Place = Maybe(Line), Note = Maybe(Line) }) },
        4 => new ProseSection { Heading = Maybe(Line), Body = Maybe(Block) },
        5 => new PictureSection { Image = Maybe(Image) },
        6 => new ButtonSection { Label = Line(), Url = Pick(null, "https://a.example.test/go") },
        _ => new UnknownSection("quiz") { Lead = Maybe(Block) },
    };

    private IssueImage Image() => new() { Src = Pick(null, "https://a.example.test/i.png"), Alt = Maybe(Line), Credit = Maybe(Line), Caption = Maybe(Line), Url = Pick(null, "https://a.example.test/big") };

    private string Block() => string.Join("\n\n", Many(4, () => random.Next(2) == 0 ? Line() : Pick(Blocks)));

    private string Line() => string.Join(' ', Enumerable.Range(0, 1 + random.Next(12)).Select(_ => Pick(Words)));

    private T? Maybe<T>(Func<T> make) where T : class => random.Next(3) == 0 ? null : make();

    private T[] Many<T>(int most, Func<T> make) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => make())];

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
