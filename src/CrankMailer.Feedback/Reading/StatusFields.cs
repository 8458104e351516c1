using CrankMailer.Mail.Mime;

namespace CrankMailer.Feedback.Reading;

/// <summary>A block of "Name: value" lines, as delivery and feedback reports hold them (RFC 3464 2.1, RFC 5965 3).</summary>
internal sealed class StatusFields
{
    private readonly List<KeyValuePair<string, string>> fields;

    private StatusFields(List<KeyValuePair<string, string>> fields) => this.fields = fields;

    public string? Find(string name) => fields.Find(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Key: not null, Value: var value } ? value : null;

    public IEnumerable<string> FindAll(string name) => fields.Where(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);

    /// <summary>The blocks of a text, parted by blank lines.</summary>
    /// <param name="name">Field that begins a new block even without a blank line before it, where it comes a second time.</param>
    public static List<StatusFields> Read(string text, string name)
    {
        var blocks = new List<StatusFields>();
        var block = new List<KeyValuePair<string, string>>();
        foreach (var raw in text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r').Take(5000))
        {
            var line = raw.Length > ReadingLimits.Line ? raw[..ReadingLimits.Line] : raw;
            if (line.AsSpan().Trim().IsEmpty) { Close(); continue; }
            if (line[0] is ' ' or '\t' && block.Count > 0)
            {
                var last = block[^1];
                if (last.Value.Length < ReadingLimits.Line) block[^1] = new(last.Key, $"{last.Value} {line.Trim()}");
                continue;
            }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan(0, colon).Trim().ContainsAny(" \t<>@")) continue;
            var key = line[..colon].Trim();
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase) && block.Exists(field => field.Key.Equals(key, StringComparison.OrdinalIgnoreCase))) Close();
            block.Add(new(key, line[(colon + 1)..].Trim()));
        }
        Close();
        return blocks;

        void Close()
        {
            if (block.Count > 0 && blocks.Count <= ReadingLimits.Reports) blocks.Add(new StatusFields(block));
            block = [];
        }
    }

    /// <summary>The text of a part, also where a program wrongly made it an enclosed message.</summary>
    public static string TextOf(MimePart part)
    {
        var text = part.DecodeText();
        return text.Length > ReadingLimits.Text ? text[..ReadingLimits.Text] : text;
    }
}
