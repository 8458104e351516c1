using System.Text.RegularExpressions;
using CrankMailer.Authoring.Markdown;
using CrankMailer.Model;

namespace CrankMailer.Authoring.Checks;

/// <summary>
/// Holes of the second phase (design §4): an unknown name would be empty in every mail, so it is an error before sending. In the fields
/// that are no block Markdown a hole is text and is warned of; but the subject may have holes of known names.
/// </summary>
internal sealed partial class PersonalNameCheck : IssueCheck
{
    public const string UnknownName = "unknown-name";
    public const string HoleInHost = "hole-in-host";

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "subscriber.email", "subscriber.name", "subscriber.first_name", "subscriber.last_name", "campaign.id",
        "links.unsubscribe", "links.preferences", "links.view_online", "links.archive",
    };

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "if", "else", "end", "true", "false", "null", "empty" };

    [GeneratedRegex("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'")]
    private static partial Regex Quoted { get; }

    [GeneratedRegex(@"(?<![\w.])[A-Za-z_]\w*(?:\.\w+)*")]
    private static partial Regex Path { get; }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*\{\{|^\{\{(?!-?\s*links\.)")]
    private static partial Regex NamesHost { get; }

    [GeneratedRegex(@"\b(subscriber|links|campaign)\.")]
    private static partial Regex Meant { get; }

    public override IEnumerable<Problem> Run(CheckInput input)
    {
        foreach (var field in input.Fields)
        {
            var holes = HolesOf(field.Text).ToList();
            if (field.Path == "subject" && IsPersonal(holes)) continue;
            if (field.Kind != FieldKind.Block && holes.Count > 0)
                yield return Warning("hole-is-text", field.Path, $"{holes[0]} stands in a field that is the same for all readers and will be printed as it is: take it out, or move it into the text.");
            if (field.Kind != FieldKind.Block) continue;
            foreach (var name in holes.SelectMany(UnknownNames).Distinct())
                yield return Error(UnknownName, field.Path, $"“{name}” is not known and would be empty in every mail. Known are: {string.Join(", ", Names.Order())}, subscriber.attributes.*.");
            foreach (var link in MarkdownLink.In(field.Text).Where(l => NamesHost.IsMatch(l.Url)))
                yield return Error(HoleInHost, field.Path, $"A hole may not make up the scheme or host of an address: {link.Url}.");
        }
    }

    /// <summary>What rendering takes for personal, or complains of because it was plainly meant to be.</summary>
    private static bool IsPersonal(List<string> holes) => holes.TrueForAll(hole => !UnknownNames(hole).Any()) || holes.Exists(Meant.IsMatch);

    private static IEnumerable<string> HolesOf(string text)
    {
        var masked = Holes.Mask(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (masked[i] == text[i]) continue;
            var end = text.IndexOf("}}", i + 2, StringComparison.Ordinal) + 2;
            yield return text[i..end];
            i = end - 1;
        }
    }

    private static IEnumerable<string> UnknownNames(string hole)
    {
        var code = Quoted.Replace(hole[2..^2], "\"\"");
        foreach (Match match in Path.Matches(code))
        {
            var name = match.Value;
            if (Words.Contains(name) || Names.Contains(name) || name.StartsWith("subscriber.attributes.", StringComparison.Ordinal)) continue;
            var piped = code[..match.Index].TrimEnd().EndsWith('|');
            if (piped && name.Split('.') is ["string" or "date" or "html", _]) continue;
            yield return name;
        }
    }
}
