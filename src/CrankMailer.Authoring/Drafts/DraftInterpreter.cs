using System.Text.RegularExpressions;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Drafts;

/// <summary>From the lines of a draft, whatever it was written in, to the issue. Reads top to bottom, once.</summary>
internal sealed partial class DraftInterpreter(DraftReport report, Publication? publication)
{
    /// <summary>Kind of a section whose heading says nothing; its content will.</summary>
    private const string Free = "";
    private const int LongestTitle = 150;
    private const int MostWordsOfFreeHeading = 5;

    private readonly FurnitureReader furniture = new(report);
    private readonly List<DraftLine> front = [];
    private readonly List<(string Kind, DraftLine Heading, List<DraftLine> Lines)> parts = [];
    private readonly List<MastheadEntry> masthead = [];
    private IssueImage? image;
    private bool belowMasthead;

    [GeneratedRegex(@"^(?<name>.{2,60}?)\s+is\s+(?:a|an|the|our)\s+(?:free\s+)?(?:daily|weekly|biweekly|fortnightly|monthly|bimonthly|quarterly|newsletter|review|digest|bulletin)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NameInIntro { get; }

    public (Issue Issue, Publication? Furniture) Read(IReadOnlyList<DraftLine> lines)
    {
        var sectionLevel = SectionLevel([.. lines.Where(l => l.Kind == DraftLineKind.Heading)]);
        for (var i = 0; i < lines.Count; i++) Take(lines[i], i + 1 < lines.Count ? lines[i + 1] : null, sectionLevel);
        if (parts.Count == 0 && front.Count > 2) report.Warn("no-sections", "No heading of a section was recognised, so the whole draft became the introduction: put headings such as Highlights, Links or Recent Analysis on lines of their own.");
        var (title, intro) = ReadFront();
        var name = NameInIntro.Match(intro ?? "") is { Success: true } named ? named.Groups["name"].Value : null;
        var sections = parts.SelectMany(p => ReadPart(p.Kind, p.Heading, p.Lines)).ToList();
        var body = front.Concat(parts.SelectMany(p => p.Lines)).Select(l => l.Plain).ToList();
        var period = PeriodFinder.Find(title, [.. front.Select(l => l.Plain).Where(p => p.Length < 40), .. parts.Select(p => p.Heading.Plain)], furniture.Copyright, body, report);
        return (new Issue
        {
            Publication = publication?.Slug, Title = title ?? DerivedTitle(period), Period = period, Intro = intro, Image = image, Sections = sections, Masthead = masthead,
        }, furniture.Found(name));
    }

    /// <summary>
    /// The level at which sections begin: that of headings we know by name; else the outermost, where a single heading above all others is the title. 0 where there is none.
    /// </summary>
    private static int SectionLevel(List<DraftLine> headings)
    {
        var known = headings.Where(h => SectionNames.FindKind(h.Plain) is not null).Select(h => h.Level).DefaultIfEmpty(0).Max();
        if (known > 0 || headings.Count < 2) return known;
        var outer = headings.Min(h => h.Level);
        return headings.Count(h => h.Level == outer) > 1 ? outer : headings.Where(h => h.Level > outer).Min(h => h.Level);
    }

    private void Take(DraftLine line, DraftLine? next, int sectionLevel)
    {
        if (furniture.Take(line)) return;
        if (MastheadReader.TryRead(line, report) is { } entry)
        {
            masthead.Add(entry);
            belowMasthead = parts.Count > 0;
            TakeBackName();
            return;
        }
        if (IsPublicationName(line)) furniture.TakeName(line);
        else if (PictureCredit.TryRead(line, out var label) is { } credit) TakeCredit(line, label, credit);
        else if (FindHeading(line, next, sectionLevel) is { } kind)
        {
            parts.Add((kind, line, []));
            belowMasthead = false;
        }
        else if (belowMasthead) furniture.TakeFooter(line);
        else if (parts.Count > 0) parts[^1].Lines.Add(line);
        else if (line is { Kind: DraftLineKind.Picture, Image: { } picture } && image?.Src is null) image = picture with { Credit = image?.Credit };
        else front.Add(line);
    }

    /// <summary>The publication's name on the line before the masthead was taken for an item.</summary>
    private void TakeBackName()
    {
        if (masthead.Count != 1 || parts.Count == 0 || parts[^1].Lines is not { Count: > 0 } lines) return;
        var last = lines[^1];
        var isName = last.Kind is DraftLineKind.Text or DraftLineKind.Heading && !last.Plain.Contains('(') && last.WordCount <= 6 && !Headline.EndsLikeSentence(last.Plain);
        if (!isName) return;
        lines.RemoveAt(lines.Count - 1);
        furniture.TakeName(last);
    }

    private void TakeCredit(DraftLine line, string label, string credit)
    {
        if (image?.Credit is not null)
        {
            report.Dropped(line, "a second picture credit");
            return;
        }
        image = (image ?? new IssueImage()) with { Credit = credit };
        report.Note("guessed", $"“{label}” was read as the credit of the issue's picture; the picture itself and its description are not in the draft.", line.Line);
    }

    /// <summary>Below the first section the publication's name stands over the masthead, and is no item.</summary>
    private bool IsPublicationName(DraftLine line) =>
        parts.Count > 0 && (publication?.Name ?? front.Select(f => NameInIntro.Match(f.Plain)).FirstOrDefault(m => m.Success)?.Groups["name"].Value) is { } name
        && string.Equals(DraftText.Spaced(line.Plain), DraftText.Spaced(name), StringComparison.OrdinalIgnoreCase);

    /// <summary>Kind of the section that begins with this line; null when none does.</summary>
    private string? FindHeading(DraftLine line, DraftLine? next, int sectionLevel)
    {
        if (line.Kind is not (DraftLineKind.Text or DraftLineKind.Heading)) return null;
        if (SectionNames.FindKind(line.Plain) is { } kind) return kind;
        if (line.Kind == DraftLineKind.Heading && parts.Count == 0)
            return line.Level == sectionLevel || line.Level < sectionLevel && front.Any(l => l.Kind == DraftLineKind.Heading) ? Free : null;
        var inStories = parts.Count > 0 && parts[^1].Kind == "stories";
        if (line.Kind == DraftLineKind.Heading && parts.Count > 0 && (line.Level <= sectionLevel && !inStories || line.Level < sectionLevel))
            return Free;
        if (line.Kind == DraftLineKind.Heading && parts.Count > 0 && inStories && line.Level == parts[^1].Heading.Level && parts[^1].Lines.Any(l => l.Kind == DraftLineKind.Heading && l.Level > line.Level))
            return Free;
        return line.Kind == DraftLineKind.Text && parts.Count > 0 && !inStories && !belowMasthead && next is not null && LooksLikeFreeHeading(line, next) ? Free : null;
    }

    /// <summary>Among items: a few capitalised words, and no item follows that looks the same.</summary>
    private static bool LooksLikeFreeHeading(DraftLine line, DraftLine next)
    {
        var words = DraftText.Spaced(line.Plain).TrimEnd(':').Split(' ');
        return words.Length is > 0 and <= MostWordsOfFreeHeading && !line.Plain.Contains('(') && !Headline.EndsLikeSentence(line.Plain)
            && words[0] is not ("The" or "A" or "An") && words.Where(w => w.Length > 4).All(w => char.IsUpper(w[0]) || char.IsDigit(w[0]))
            && next.Kind is DraftLineKind.Text or DraftLineKind.Item && next.WordCount > MostWordsOfFreeHeading && !line.Plain.Contains(',');
    }

    private IEnumerable<Section> ReadPart(string kind, DraftLine line, List<DraftLine> lines)
    {
        var heading = line.Markdown.TrimEnd(':');
        if (kind == Free && lines.Count == 0)
        {
            furniture.TakeName(line);
            return [];
        }
        if (kind == Free) report.Guess($"“{line.Plain}” was read as the heading of a section of its own.", line.Line);
        var items = new ItemsInterpreter(report);
        switch (kind == Free ? GuessKind(lines) : kind)
        {
            case "stories":
                return new StoriesInterpreter(report).Read(heading, lines);
            case "briefs":
                var briefs = items.ReadBriefs(lines, out var lead);
                return [new BriefsSection { Heading = heading, Lead = lead, Items = briefs }];
            case "readings":
                return [new ReadingsSection { Heading = heading, Items = items.ReadReadings(lines) }];
            default:
                return [new ProseSection { Heading = heading, Body = BodyMarkdown.Of(lines) }];
        }
    }

    private static string GuessKind(List<DraftLine> lines)
    {
        if (lines.Any(l => l.Kind == DraftLineKind.Heading)) return "stories";
        var cited = lines.Count(l => SourceList.Split(l.Markdown, out var text) is not null && Headline.EndsLikeSentence(text));
        if (cited > 0 && cited * 2 > lines.Count) return "briefs";
        return lines.Count(l => l.Plain.EndsWith(')') && !Headline.EndsLikeSentence(l.Plain)) * 2 > lines.Count ? "readings" : "prose";
    }

    private (string? Title, string? Intro) ReadFront()
    {
        DraftLine? title = null;
        var intro = new List<DraftLine>();
        foreach (var line in front)
        {
            if (title is null && intro.Count == 0 && IsTitle(line)) title = line;
            else if (line.Plain.Length < 40 && PeriodFinder.FindFull(line.Plain) is not null && !Headline.EndsLikeSentence(line.Plain)) report.Dropped(line, "date of the issue, see its period");
            else intro.Add(line);
        }
        return (title?.Plain, BodyMarkdown.Of(intro));
    }

    private static bool IsTitle(DraftLine line) =>
        line.Kind is DraftLineKind.Heading or DraftLineKind.Text && line.Plain.Length <= LongestTitle && (line.Kind == DraftLineKind.Heading || !Headline.EndsLikeSentence(line.Plain));

    private string? DerivedTitle(string? period)
    {
        if (publication?.Title is not { } pattern || period is not { Length: >= 7 } || pattern.Contains("{number}")) return null;
        var title = pattern.Replace("{name}", publication.Name).Replace("{month}", MonthNames.Name(int.Parse(period.AsSpan(5, 2)), publication.Lang)).Replace("{year}", period[..4]);
        report.Note("guessed", $"The title “{title}” was made from the publication's pattern.");
        return title;
    }
}
