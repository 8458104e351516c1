using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Layout;
using CrankMailer.Rendering.Personal;
using CrankMailer.Rendering.Prose;
using CrankMailer.Rendering.Themes;
using CrankMailer.Rendering.Views;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Rendering.Mails;

/// <summary>
/// Writes the mails that are no issue: confirmation, welcome, links, invitations, alerts. Free of advertising, in the reader's language
/// where we have its words (R161). The templates are <c>templates/mails</c>, read again when a file changes.
/// </summary>
public sealed class MailRenderer(string folder)
{
    private const string HtmlTemplate = "mail.mjml";
    private const string TextTemplate = "mail.txt";
    private static readonly string[] Phrases = ["subject", "preheader", "title", "text", "items_label", "button", "archive", "reason", "note"];

    private readonly Lock gate = new();
    private (string Stamp, TemplateSet Templates, ThemeWords Words)? read;

    /// <summary>Languages there are words for.</summary>
    public IReadOnlyCollection<string> Languages => Read().Words.Languages;

    /// <param name="name">One of <see cref="MailModel"/>.</param>
    /// <param name="model">What <see cref="MailModel.Needed"/> says for it.</param>
    /// <param name="publication">Whose mail it is.</param>
    /// <param name="lang">BCP 47 tag; English where there are no words in it.</param>
    /// <exception cref="ArgumentException">There is no such mail, or the model lacks something.</exception>
    /// <exception cref="ProblemException">The templates cannot be used.</exception>
    public RenderedMail Render(string name, IReadOnlyDictionary<string, object?> model, Publication publication, string? lang)
    {
        if (!MailModel.Needed.TryGetValue(name, out var needed)) throw new ArgumentException($"There is no mail \"{name}\".", nameof(name));
        var missing = needed.Where(n => model.GetValueOrDefault(n) is null).ToArray();
        if (missing.Length > 0) throw new ArgumentException($"The mail \"{name}\" lacks {string.Join(", ", missing)}.", nameof(model));

        var (_, templates, words) = Read();
        var problems = new List<Problem>();
        var language = Language.Of(lang, publication.Lang);
        var own = words.In(language);
        var phrases = PhrasesOf(name, model, publication, own, templates, problems);
        string Run(string template, Medium medium) => templates.Render(template, Model(model, phrases, own, publication, language, medium), problems);

        var mail = new RenderedMail(
            phrases.GetValueOrDefault("subject") ?? publication.Name,
            MjmlStep.Compile(Run(HtmlTemplate, new HtmlMedium(new HoleBag(), false, ProseStyles.None, _ => null)), folder, problems),
            TextLayout.Apply(Run(TextTemplate, new TextMedium(new HoleBag(), false))).Replace(Markers.Brace, '{'));
        return problems.Any(p => p.Severity == Severity.Error) ? throw new ProblemException(problems) : mail;
    }

    /// <summary>An issue as one person gets it, marked as a test.</summary>
    /// <param name="issue">The finished parts, holes filled.</param>
    /// <param name="subject">The issue's subject.</param>
    /// <param name="sender">Who sends the test.</param>
    /// <param name="revision">Which revision of the issue it is.</param>
    /// <param name="publication">Whose issue it is.</param>
    /// <param name="lang">Language of the note.</param>
    /// <exception cref="ProblemException">The templates cannot be used.</exception>
    public RenderedMail AsTest(PersonalMail issue, string subject, string sender, string revision, Publication publication, string? lang)
    {
        var (_, templates, words) = Read();
        var problems = new List<Problem>();
        var model = new Dictionary<string, object?> { ["subject"] = subject, ["sender"] = sender, ["revision"] = revision };
        var phrases = PhrasesOf("test", model, publication, words.In(Language.Of(lang, publication.Lang)), templates, problems);
        if (problems.Count > 0) throw new ProblemException(problems);
        return TestMail.Mark(issue.Html, issue.Text, phrases.GetValueOrDefault("subject") ?? subject, phrases.GetValueOrDefault("note") ?? "");
    }

    // Phrases are filled with the bare values and escaped as a whole, so a phrase may hold an ampersand as well as a name may.
    private static Dictionary<string, string> PhrasesOf(
        string name, IReadOnlyDictionary<string, object?> model, Publication publication, IReadOnlyDictionary<string, string> words, TemplateSet templates, List<Problem> problems)
    {
        var values = MailModel.Bare(model);
        values["publication"] = new Dictionary<string, object?> { ["name"] = Markers.Clean(publication.Name) };
        return Phrases.Where(p => words.ContainsKey($"{name}_{p}"))
            .ToDictionary(p => p, p => string.Join(' ', templates.Phrase($"strings: {name}_{p}", words[$"{name}_{p}"], values, problems).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static Dictionary<string, object?> Model(
        IReadOnlyDictionary<string, object?> model, Dictionary<string, string> phrases, IReadOnlyDictionary<string, string> words,
        Publication publication, Language language, Medium medium)
    {
        var mail = MailModel.In(medium, model);
        foreach (var phrase in Phrases) mail[phrase] = phrases.GetValueOrDefault(phrase) is { Length: > 0 } text ? medium.Plain(text) : null;
        (mail["lang"], mail["dir"], mail["start"]) = (medium.Plain(language.Tag), language.Direction, language.IsRightToLeft ? "right" : "left");
        return new Dictionary<string, object?>
        {
            ["mail"] = mail,
            ["publication"] = PublicationViews.Of(publication, medium, PublicAddress.Of(publication, null), null),
            ["t"] = words.Where(w => !w.Value.Contains("{{", StringComparison.Ordinal)).ToDictionary(w => w.Key, w => (object?)medium.Plain(w.Value)),
        };
    }

    private (string Stamp, TemplateSet Templates, ThemeWords Words) Read()
    {
        lock (gate)
        {
            var stamp = ThemeFolder.Stamp(folder);
            if (read is { } known && known.Stamp == stamp) return known;
            var problems = new List<Problem>();
            var files = ThemeFolder.Read(folder, problems);
            var words = ThemeReader.Words(files, folder, problems);
            problems.AddRange(TemplateSyntax.Check(files, folder));
            if (problems.Count > 0) throw new ProblemException(problems);
            var now = (stamp, TemplateSet.Of(files, folder), words);
            read = now;
            return now;
        }
    }
}
