using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Markdown;

/// <summary><c>![alt](src "credit") {caption="…"}</c>, inside a link where a click on the picture leads somewhere.</summary>
internal static class ImageText
{
    /// <summary>Says that there is no picture, where the text would begin with one.</summary>
    public const string None = "![]()";

    private const string Caption = "caption";

    public static string Write(IssueImage image) => ItemText.Write(image, Natural, line => Read(line) ?? new IssueImage()) is var line && line.StartsWith('{')
        ? None + " " + line : line;

    /// <summary>Null when the line is no picture and nothing else.</summary>
    public static IssueImage? Read(string line)
    {
        var attributes = AttributeReader.Split(line.Trim(' ', '\t'), withKind: false, out var rest);
        var masked = Holes.Mask(rest);
        var outer = rest.StartsWith("[!", StringComparison.Ordinal) ? Link.TryRead(rest, masked, 0) : null;
        if (outer is not null && (outer.End != rest.Length || outer.Title is not null)) return null;
        var inside = outer?.Label ?? rest;
        if (!inside.StartsWith("![", StringComparison.Ordinal)) return null;
        if (Link.TryRead(inside, Holes.Mask(inside), 1) is not { } picture || picture.End != inside.Length) return null;
        return ItemText.ReadRaw<IssueImage>(attributes) ?? new IssueImage
        {
            Src = picture.Url, Alt = InlineText.Line(PlainText.Unescape(picture.Label)), Credit = picture.Title, Url = outer?.Url,
            Caption = attributes.Text(Caption), Unknown = ItemText.Unknown(attributes.Values, Caption),
        };
    }

    private static string Natural(IssueImage image)
    {
        var alt = image.Alt is null ? "" : PlainText.ToLabel(image.Alt);
        var picture = $"![{alt}]({Link.WriteAddress(image.Src, titleFollows: image.Credit is not null)}{Link.WriteTitle(image.Credit)})";
        if (image.Url is not null) picture = $"[{picture}]({Link.WriteAddress(image.Url)})";
        return ItemText.Append(picture, new AttributeWriter().Add(Caption, image.Caption).Unknown(image.Unknown, Caption), withKind: false);
    }
}
