using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrankMailer.Authoring.Drafts;
using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Authoring;

public sealed partial class DraftImporterTests
{
    [Fact]
    public void Real_drafts_become_exactly_the_expected_issue()
    {
        foreach (var file in RealDrafts.Files())
            ExpectedIssue.AssertMatches(File.ReadAllText(Path.ChangeExtension(file, ".expected.json")), Import(File.ReadAllText(file)), file);
    }

    /// <summary>Each case: draft.* and expected.json, report.txt where the report matters, publication.yaml where there is one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Drafts_become_the_issue_of_their_case(string name)
    {
        var folder = Path.Combine(CasesFolder, name);
        var draft = Directory.GetFiles(folder, "draft.*").Single();
        var yaml = Path.Combine(folder, "publication.yaml");
        var publication = File.Exists(yaml) ? CrankMailer.Authoring.Yaml.PublicationYaml.Read(File.ReadAllText(yaml), yaml).Publication : null;
        using var stream = File.OpenRead(draft);
        var imported = DraftImporter.Import(stream, Path.GetFileName(draft), publication);
        Golden.Compare(Path.Combine("Authoring", "cases", "drafts", name, "expected.json"), IssueJson.Write(imported.Issue!) + "\n");
        Golden.Compare(Path.Combine("Authoring", "cases", "drafts", name, "report.txt"), string.Concat(imported.Report.Select(p => p + "\n")));
        AssertNothingLost(File.ReadAllText(draft), imported, name);
    }

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(CasesFolder).Select(d => Path.GetFileName(d)).Order()];

    public static TheoryData<string> Mutations => [.. Mutators.Keys];

    [Theory]
    [MemberData(nameof(Mutations))]
    public void What_pasting_does_to_a_draft_does_not_change_its_structure(string mutation)
    {
        // A wrapped draft loses its paragraphs with its blank lines, whoever reads it.
        foreach (var (name, draft) in AllTextDrafts().Where(d => !mutation.StartsWith("blank lines", StringComparison.Ordinal) || !d.Name.Contains("wrapped-mail", StringComparison.Ordinal)))
        {
            var wanted = Import(draft);
            var got = Import(Mutators[mutation](draft));
            ExpectedIssue.AssertMatches(Flat(wanted), IssueJson.Read(Flat(got)), $"{mutation} of {name}");
        }
    }

    [Fact]
    public void Every_word_of_a_draft_is_in_the_issue_or_in_the_report()
    {
        foreach (var (name, draft) in AllTextDrafts()) AssertNothingLost(draft, DraftImporter.Import(draft, "draft.txt", null, null), name);
    }

    [Fact]
    public void Any_lines_in_any_order_lose_no_word_and_never_fail()
    {
        var lines = AllTextDrafts().SelectMany(d => d.Draft.Split('\n')).ToArray();
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var draft = string.Join('\n', Enumerable.Range(0, random.Next(1, 60)).Select(_ => lines[random.Next(lines.Length)]));
            AssertNothingLost(draft, DraftImporter.Import(draft, "draft.txt", null, null), $"seed {seed}");
        }
    }

    private static readonly Dictionary<string, Func<string, string>> Mutators = new()
    {
        ["blank lines doubled"] = d => d.Replace("\n", "\n\n"),
        ["blank lines removed"] = d => string.Join('\n', d.Split('\n').Where(l => !string.IsNullOrWhiteSpace(l))),
        ["trailing spaces"] = d => d.Replace("\n", "  \n"),
        ["CRLF"] = d => d.Replace("\n", "\r\n"),
        ["byte order mark"] = d => "\uFEFF" + d,
        ["no-break spaces at the ends"] = d => d.Replace("\n", "\u00A0\n"),
        ["no-break spaces for spaces"] = d => d.Replace(' ', '\u00A0'),
        ["en dashes before items"] = d => d.Replace("\n—", "\n– "),
        ["hyphens before items"] = d => d.Replace("\n—", "\n- "),
        ["bullets before items"] = d => d.Replace("\n—", "\n• "),
        ["indented"] = d => "  " + d.Replace("\n", "\n\t"),
        ["zero-width spaces"] = d => d.Replace("\n", "\u200B\n\u200B"),
    };

    private static string CasesFolder => Path.Combine(AppContext.BaseDirectory, "Authoring", "cases", "drafts");

    private static Issue Import(string draft) => DraftImporter.Import(draft, "draft.txt", DraftFormat.Text, null).Issue!;

    private static string Flat(Issue issue) => Regex.Replace(IssueJson.Write(issue).Replace("\\u00A0", " ").Replace('\u00A0', ' '), " +", " ");

    private static IEnumerable<(string Name, string Draft)> AllTextDrafts() =>
        Directory.GetFiles(CasesFolder, "draft.txt", SearchOption.AllDirectories)
            .Concat(Directory.Exists(RealDrafts.Folder) ? Directory.GetFiles(RealDrafts.Folder, "*.txt") : [])
            .Select(f => (f, File.ReadAllText(f).ReplaceLineEndings("\n").TrimStart('\uFEFF')));

    private static void AssertNothingLost(string draft, ImportedDraft imported, string name)
    {
        var kept = new StringBuilder(JsonSerializer.Serialize(imported.Issue, IssueJson.Compact)).AppendJoin('\n', imported.Report.Select(p => p.Text)).ToString();
        var words = Words(Regex.Unescape(Regex.Replace(kept, @"\\(?![nu""])", ""))).ToHashSet();
        var lost = Words(Regex.Replace(draft, "<(script|style|title)[^>]*>.*?</\\1>|<[^>]*>", " ")).Where(w => !words.Contains(w)).ToList();
        Assert.True(lost.Count == 0, $"{name}: lost {string.Join(", ", lost)}\n{draft}");
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word { get; }

    private static IEnumerable<string> Words(string text) => Word.Matches(text.Replace("\u00AD", "").Replace("\u200B", "")).Select(m => m.Value);
}
