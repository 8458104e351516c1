using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Markdown;

/// <summary><c>[Label](url)</c> as a paragraph of its own.</summary>
internal static class ButtonText
{
    /// <summary>Null when the line is no link and nothing else.</summary>
    public static ButtonSection? Read(string line)
    {
        var attributes = AttributeReader.Split(line.Trim(' ', '\t'), withKind: false, out var rest);
        if (ItemText.ReadRaw<RawButton>(attributes) is { } raw) return new ButtonSection { Label = raw.Label, Url = raw.Url };
        return attributes.Values.Count == 0 && Link.TryRead(rest, Holes.Mask(rest), 0) is { Title: null } link && link.End == rest.Length
            ? new ButtonSection { Label = InlineText.Line(PlainText.Unescape(link.Label)), Url = link.Url } : null;
    }

    public static string Write(ButtonSection button) => ItemText.Write(
        new RawButton(button.Label, button.Url),
        b => $"[{(b.Label is null ? "" : PlainText.ToLabel(b.Label))}]({Link.WriteAddress(b.Url)})",
        line => Read(line) is { } read ? new RawButton(read.Label, read.Url) : new RawButton(null, null));

    private sealed record RawButton(string? Label, string? Url);
}
