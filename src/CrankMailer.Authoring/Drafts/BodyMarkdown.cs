using CrankMailer.Authoring.Markdown;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Lines of a draft as block Markdown: paragraphs parted by a blank line, items of one list together.</summary>
internal static class BodyMarkdown
{
    private const string Bullet = "- ";

    public static void Add(List<string> blocks, DraftLine line)
    {
        switch (line.Kind)
        {
            case DraftLineKind.Item when blocks.Count > 0 && blocks[^1].StartsWith(Bullet, StringComparison.Ordinal):
                blocks[^1] += "\n" + Bullet + InlineText.WriteStart(line.Markdown);
                break;
            case DraftLineKind.Item:
                blocks.Add(Bullet + InlineText.WriteStart(line.Markdown));
                break;
            case DraftLineKind.Heading:
                blocks.Add(new string('#', Math.Clamp(line.Level, 4, 6)) + " " + line.Markdown);
                break;
            case DraftLineKind.Picture when line.Image is { } image:
                blocks.Add(ImageText.Write(image));
                break;
            case DraftLineKind.Block:
                blocks.Add(line.Markdown);
                break;
            default:
                blocks.Add(InlineText.WriteStart(line.Markdown));
                break;
        }
    }

    public static string? Join(IReadOnlyList<string> blocks) => blocks.Count == 0 ? null : string.Join("\n\n", blocks);

    public static string? Of(IEnumerable<DraftLine> lines)
    {
        var blocks = new List<string>();
        foreach (var line in lines) Add(blocks, line);
        return Join(blocks);
    }
}
