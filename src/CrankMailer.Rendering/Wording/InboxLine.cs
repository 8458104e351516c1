using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Prose;

namespace CrankMailer.Rendering.Wording;

/// <summary>What an inbox shows of an issue: subject and preheader, each one line of plain text.</summary>
internal static class InboxLine
{
    private const int LongestPreheader = 130; // R127

    public static string Subject(Issue issue, string title) => OneLine(string.IsNullOrWhiteSpace(issue.Subject) ? title : issue.Subject);

    /// <summary>The issue's own, else its first headlines or texts as far as they fit.</summary>
    public static string Preheader(Issue issue)
    {
        if (!string.IsNullOrWhiteSpace(issue.Preheader)) return OneLine(issue.Preheader);
        var line = "";
        foreach (var headline in Headlines(issue).Select(Medium.Words).Where(w => w.Length > 0))
        {
            var longer = line.Length == 0 ? headline : $"{line} · {headline}";
            if (longer.Length > LongestPreheader) break;
            line = longer;
        }
        return line.Length > 0 ? OneLine(line) : OneLine(PlainWords.First(Headlines(issue).Select(Medium.Words).FirstOrDefault() ?? "", 14));
    }

    private static IEnumerable<string> Headlines(Issue issue) => issue.Sections.SelectMany(section => section switch
    {
        StoriesSection stories => stories.Stories.Select(s => s.Headline),
        ReadingsSection readings => readings.Items.Select(r => r.Title),
        EventsSection events => events.Items.Select(e => e.Title),
        _ => [],
    });

    private static string OneLine(string text) => string.Join(' ', Markers.Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
