using System.Text;
using CrankMailer.Authoring.Markdown;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Gathers one paragraph's runs of text with their links and emphasis, as Markdown and as plain text.</summary>
internal sealed class InlineBuilder
{
    private readonly StringBuilder plain = new();
    private readonly List<(string Text, string Marks, string? Url)> runs = [];
    private string marks = "";
    private string? url;

    public void Text(string text)
    {
        var clean = string.Join(' ', text.Split(['\n', '\r', '\t', ' ']));
        if (clean.Length == 0) return;
        plain.Append(clean);
        if (runs.Count > 0 && runs[^1].Marks == marks && runs[^1].Url == url) runs[^1] = (runs[^1].Text + clean, marks, url);
        else runs.Add((clean, marks, url));
    }

    /// <param name="mark"><c>*</c> or <c>**</c>.</param>
    public void Marked(string mark, Action inside)
    {
        var outer = marks;
        if (!marks.Split(' ').Contains(mark)) marks = (marks + " " + mark).Trim();
        inside();
        marks = outer;
    }

    public void Link(string address, Action inside)
    {
        var outer = url;
        url ??= address;
        inside();
        url = outer;
    }

    /// <summary>What was gathered; the builder is empty afterwards. Emphasis of the whole paragraph is dropped: that is how headings are faked.</summary>
    public (string Markdown, string Plain, bool Strong) Take()
    {
        var text = DraftText.Clean(plain.ToString());
        var solid = runs.Where(r => !string.IsNullOrWhiteSpace(r.Text)).ToList();
        var strong = solid.Count > 0 && solid.All(r => r.Marks.Split(' ').Contains("**"));
        var common = new[] { "**", "*" }.Where(m => solid.Count > 0 && solid.All(r => r.Marks.Split(' ').Contains(m))).ToList();
        var markdown = DraftText.Clean(string.Concat(Grouped(common)));
        runs.Clear();
        plain.Clear();
        return (markdown, text, strong);
    }

    /// <summary>Runs with one address are one link, whatever emphasis is inside.</summary>
    private IEnumerable<string> Grouped(List<string> common)
    {
        for (var i = 0; i < runs.Count;)
        {
            var end = i + 1;
            while (end < runs.Count && runs[end].Url == runs[i].Url) end++;
            var text = string.Concat(runs[i..end].Select(r => Run(r.Text, r.Marks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(common))));
            yield return runs[i].Url is { } address && !string.IsNullOrWhiteSpace(text) ? Around(text, t => $"[{Label(t)}]({CrankMailer.Authoring.Markdown.Link.WriteAddress(address)})") : text;
            i = end;
        }
    }

    private static string Run(string text, IEnumerable<string> marks)
    {
        if (string.IsNullOrWhiteSpace(text)) return text;
        var markdown = DraftText.ToMarkdown(text);
        return marks.Aggregate(markdown, (inner, mark) => Around(inner, t => mark + t + mark));
    }

    /// <summary>Blanks stay outside of marks and links, as CommonMark wants it.</summary>
    private static string Around(string text, Func<string, string> wrap)
    {
        var inner = text.Trim();
        var start = text.IndexOf(inner, StringComparison.Ordinal);
        return text[..start] + wrap(inner) + text[(start + inner.Length)..];
    }

    /// <summary>Text that begins with a link written out would end the label too early.</summary>
    private static string Label(string markdown) =>
        CrankMailer.Authoring.Markdown.Link.TryRead($"[{markdown}](x)", Holes.Mask($"[{markdown}](x)"), 0) is { } link && link.Label == markdown ? markdown : markdown.Replace("[", "\\[").Replace("]", "\\]");
}
