using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Markdown;

/// <summary><c>[Title](url) {lang=ru} (byline, [links](…) included) {#id}</c></summary>
internal static class ReadingText
{
    private const string Lang = "lang";

    public static string Write(Reading reading) => ItemText.Write(reading, Natural, Read);

    public static Reading Read(string line)
    {
        var last = AttributeReader.Split(line, withKind: false, out var rest);
        if (ItemText.ReadRaw<Reading>(last) is { } raw) return raw;
        var first = AttributeBlock.Empty;
        if (Link.TryRead(rest, Holes.Mask(rest), 0) is { } link)
        {
            rest = rest[link.End..].TrimStart(' ', '\t');
            if (AttributeReader.TryRead(rest, 0, withKind: false, out var end) is { } block)
            {
                first = block;
                rest = rest[end..].TrimStart(' ', '\t');
            }
            rest = rest is ['(', .., ')'] ? rest[1..^1] : rest;
        }
        else
        {
            link = new Link(WithoutByline(rest, out rest), null, null, 0);
        }
        return new Reading
        {
            Id = last.Id ?? first.Id, Title = link.Label, Url = link.Url,
            Lang = first.Text(Lang) ?? last.Text(Lang), Byline = InlineText.Line(rest),
            Unknown = ItemText.Unknown(first.Values.Concat(last.Values).DistinctBy(v => v.Key).ToDictionary(), Lang),
        };
    }

    /// <summary>A title typed without brackets: <c>Title (byline)</c>.</summary>
    private static string WithoutByline(string text, out string byline)
    {
        var open = Parenthesis.FindLast(text);
        byline = open < 0 ? "" : text[(open + 1)..^1];
        return InlineText.ReadStart(open < 0 ? text : text[..open].TrimEnd(' ', '\t'));
    }

    private static string Natural(Reading reading)
    {
        var line = $"[{reading.Title}]({Link.WriteAddress(reading.Url)})";
        if (reading.Lang is not null) line += " " + new AttributeWriter().Add(Lang, reading.Lang);
        if (reading.Byline is not null) line += $" ({reading.Byline})";
        return ItemText.Append(line, new AttributeWriter().Id(reading.Id).Unknown(reading.Unknown, Lang), withKind: false);
    }
}
