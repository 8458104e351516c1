using System.Text.Json;
using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Authoring;

/// <summary>Makes issues of every shape from a seed: the ordinary, and all that could be mistaken for markup.</summary>
internal sealed class AnyIssue(int seed)
{
    private static readonly string[] Words =
    [
        "harbour", "Quay Street", "tide", "AT&T", "snake_case_name", "5 < 6", "a * b", "C#", "R&D;", "50%", "über", "мост", "桥", "جسر على النهر", "שלום",
        "🚢", "👩‍🚀", "e\u0301", "naïve", "“quoted”", "it’s", "a—b", "U.S.", "1,500", "\u00A0", "O'Neil", "x^2", "~tilde~", "path\\to\\file", "\\", "|", "a|b",
    ];

    private static readonly string[] Traps =
    [
        "# number one", "## two", "#", "- dash", "-", "+ plus", "* star", "1. first", "12) twelfth", "> quote", "```", "~~~ tilde", "---", "***", "___", "===",
        "{.x}", "{}", "{#id}", "{a=b}", "{ not attributes }", "{{ subscriber.first_name }}", "{{", "}}", "{{ open", "{%{", "\\{{ x }}", "[Reuters](https://r.example)",
        "([Reuters](https://r.example))", "([A](b), [C]())", "()", "(SCO)", "(a (b))", ")", "(", "[", "]", "[x]", "[x]: y", "![alt](src)", "![]()", "*em*", "**strong**",
        "`code`", "`", "``", "<b>", "</script>", "<https://auto.example>", "&amp;", "&copy;", "&#35;", "&", "\\*", "\\#", "\\", "| a | b |", "a ] b", "[a [b](c) d]",
        "{raw:={}}", "{lang=ru}", "title \"quoted\"", "key: value", "'single'", "%YAML", "@at", "?", "!tag", "null", "true", "2026", "2026-06-18", "~", "<!-- items -->",
        "<!-- tail -->", "C ##", "ends with backslash\\", "{a=\"b", "{a:=[1,2", "Smith, Jones, and Co.", "Name (with parenthesis)", "comma, comma",
    ];

    private static readonly string[] Paragraphs =
    [
        "- a list\n- of two", "1. one\n2. two", "> a quote\n> of two lines", "```\n## not a heading\n### nor this {.stories}\n- nor an item\n```", "~~~text\n<!-- tail -->\n~~~",
        "| a | b |\n|---|---|\n| 1 | [x](y) |", "## a heading in the text", "### a smaller one ###", "### with {.text}", "# top", "Underlined\n---", "Underlined\n===", "    indented code",
        "  two blanks before", "line one  \nline two", "line one\\\nline two", "<!-- items -->", "<!-- tail -->", "\\<!-- tail -->", "![a picture](images/a.jpg \"credit\")", "![]()",
        "[link]({{ links.archive }})", "{{ if subscriber.name }}Dear {{ subscriber.name }},{{ else }}Hello{{ end }}", "[ref]: https://ref.example", "***", "---", "* * *",
        "* star list", "+ plus list", "- item\n\n  second paragraph\n\n- item", "- ```\n  open in a list", "> ```\n> open in a quote", "text with {.x}", "a {{ hole\nover lines }}",
        "\ttab", "-\n\n  foo", "## {.stories}", "####### seven", "###", "##",
    ];

    private static readonly string[] Urls =
    [
        "https://example.org/a", "https://example.org/?a=1&b=2&copy=3", "https://example.org/a_(b)", "https://example.org/a)b(", "https://example.org/a b", "{{ links.archive }}",
        "https://example.org/{{ subscriber.id }}?x=(1)", "mailto:a@example.org", "https://example.org/?q=\"x\"", "https://example.org/<x>", "https://example.org/&amp;x", "a\\b", "a\\(b",
        "https://münchen.example/straße", "/relative", "#anchor", "<", "https://example.org/]", "https://example.org/`x`", "https://example.org/*x*",
    ];

    private readonly Random random = new(seed);

    public Issue Make() => new()
    {
        Publication = Maybe("harbor-brief"), Title = Maybe(Line()), Period = Maybe(Pick(["2026-06", "2026-06-18", "2026"])), Number = Chance(2) ? random.Next(-5, 500) : null,
        Slug = Maybe(Line()), Lang = Maybe("ru"), TranslationOf = Maybe(Line()), Subject = Maybe(Line()), Preheader = Maybe(Line()), Intro = Maybe(Block()), Image = MaybeImage(),
        Sections = Many(4, Section), Masthead = Many(3, () => new MastheadEntry { Role = Line(), Name = Line(), Email = Maybe("a@example.org"), Unknown = Unknown() }),
        Errata = Many(2, () => new Erratum { At = new DateTimeOffset(2026, 7, random.Next(1, 28), 12, 30, random.Next(60), TimeSpan.FromHours(random.Next(-3, 4))), Item = Maybe(Id()), Text = Block() }),
        Unknown = Unknown(),
    };

    private Section Section()
    {
        Section section = random.Next(8) switch
        {
            0 or 1 => new StoriesSection { Stories = Many(4, Story) },
            2 => new BriefsSection { Items = Many(6, Brief) },
            3 => new ReadingsSection { Items = Many(4, Reading) },
            4 => new EventsSection { Items = Many(3, Event) },
            5 => Chance(2) ? new ProseSection { Body = Maybe(Block()) } : new PictureSection { Image = MaybeImage() },
            6 => new ButtonSection { Label = Maybe(Line()), Url = Maybe(Pick(Urls)) },
            _ => new UnknownSection(Pick(["poll", "weather-map", "odd kind", "x"])) { Unknown = With(Unknown(), "markdown", Block()) },
        };
        return section with
        {
            Id = MaybeId(), Heading = Maybe(Line()), Lead = Rarely(Block()), Tail = Rarely(Block()), Unknown = section is UnknownSection ? section.Unknown : Unknown(),
        };
    }

    private Story Story() => new()
    {
        Id = MaybeId(), Headline = Line(), Body = Chance(8) ? "" : Block(), Url = Rarely(Pick(Urls)), Byline = Rarely(Line()), Image = Chance(3) ? MaybeImage() : null, Unknown = Unknown(),
    };

    private Brief Brief() => new()
    {
        Id = MaybeId(), Text = Line(), Sources = Many(3, () => new Source { Name = Line(), Url = Maybe(Pick(Urls)), Unknown = Chance(20) ? Unknown() : null }), Unknown = Unknown(),
    };

    private Reading Reading() => new()
    {
        Id = MaybeId(), Title = Line(), Url = Maybe(Pick(Urls)), Lang = Rarely("ru"), Unknown = Unknown(),
        Byline = Maybe(Chance(2) ? "Author One and Author Two, [Institution](https://example.org), in Russian" : Line()),
    };

    private IssueEvent Event() => new()
    {
        Id = MaybeId(), Title = Line(), Url = Maybe(Pick(Urls)), Starts = Maybe(Pick(["2026-06-18", "2026-06-18 17:00"])), Ends = Rarely(Pick(["2026-06-18 18:30", "2026-06-19"])),
        Zone = Maybe(Pick(["America/New_York", "Etc/GMT+3", "UTC"])), Place = Maybe(Chance(2) ? "Washington, and online" : Line()), Note = Rarely(Line()), Unknown = Unknown(),
    };

    private IssueImage? MaybeImage() => Chance(2) ? null : new IssueImage
    {
        Src = Maybe(Pick(Urls)), Alt = Maybe(Line()), Credit = Maybe(Line()), Caption = Maybe(Line()), Url = Rarely(Pick(Urls)), Unknown = Unknown(),
    };

    private string Line() => string.Join(Chance(6) ? "  " : " ", Many(5, () => Chance(3) ? Pick(Traps) : Pick(Words)));

    private string Block() => string.Join(Chance(4) ? "\n\n\n" : "\n\n", Many(4, () => Chance(2) ? Pick(Paragraphs) : Chance(2) ? Line() : Line() + "\n" + Line()))
        + (Chance(6) ? "\n\n```\nleft open\n## x" : "") + (Chance(6) ? "  \n\n" : "");

    private Dictionary<string, JsonElement>? Unknown()
    {
        if (!Chance(12)) return null;
        var unknown = new Dictionary<string, JsonElement>();
        for (var n = random.Next(1, 4); n > 0; n--) unknown[Pick(["mood", "x-y", "odd key", "raw", "more", "ключ", "col:on"])] = Json();
        return unknown;
    }

    private JsonElement Json() => JsonDocument.Parse(Pick(
        ["1", "-2.50", "1e5", "true", "false", "null", "\"text\"", "\"5\"", "\"true\"", "\"\"", "\"a \\\"b\\\" {c} {{ d }}\"", "\"line\\nline\"", "[1,[2,{\"a\":null}]]", "{\"a b\":{\"c\":[]},\"d\":{}}", "\"🚢 # x\"", "\"~\""])).RootElement;

    private static Dictionary<string, JsonElement> With(Dictionary<string, JsonElement>? unknown, string key, string value) =>
        new(unknown ?? []) { [key] = JsonSerializer.SerializeToElement(value) };

    private string? MaybeId() => Maybe(Id());

    private string Id() => Chance(30) ? Line() : "k" + random.Next(100, 10000);

    private T? Maybe<T>(T value) where T : class => Chance(3) ? null : value;

    private T? Rarely<T>(T value) where T : class => Chance(3) ? value : null;

    private bool Chance(int n) => random.Next(n) == 0;

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private T[] Many<T>(int most, Func<T> make) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => make())];
}
