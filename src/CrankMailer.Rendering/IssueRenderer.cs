using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Layout;
using CrankMailer.Rendering.Personal;
using CrankMailer.Rendering.Prose;
using CrankMailer.Rendering.Themes;
using CrankMailer.Rendering.Views;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Rendering;

/// <summary>
/// Phase 1 of rendering (design §4): theme + publication + issue → HTML and text in which only the personal holes are open. Pure and
/// thread-safe; parsed themes are kept by their version. Bad themes and issues give problems, not exceptions.
/// </summary>
public sealed class IssueRenderer
{
    private readonly ParsedThemes parsed = new();

    public RenderedIssue Render(Issue issue, Publication publication, Theme theme, RenderOptions options)
    {
        var subject = new Subject(issue, publication, theme, options);
        var holes = new HoleBag();
        var templates = parsed.Get(theme);
        var problems = new List<Problem>();
        if (!subject.Address.IsComplete)
            problems.Add(new Problem(Severity.Warning, "no-public-url", "The publication has no public address, so links to its archive and pictures lead nowhere. Set its public_url.", Item: "publication.public_url"));

        var (mjml, written) = Html(subject, templates, holes, problems);
        var html = MjmlStep.Compile(mjml, theme.Place, problems);
        var text = Text(subject, templates, problems);

        var spans = new List<HoleSpan>();
        var (finalMjml, finalHtml) = (holes.PutBack(mjml), holes.PutBack(html, spans));
        var rendered = new RenderedIssue
        {
            Mjml = finalMjml,
            Html = finalHtml,
            Text = text,
            Subject = subject.Line.Template,
            Preheader = subject.Preheader,
            Links = Links.Of(finalHtml, written),
            ThemeName = theme.Name,
            ThemeVersion = theme.Version,
            Problems = [],
        };
        if (subject.Line.Problem is { } wrong) problems.Add(wrong);
        if (html.Length > 0 && text.Length > 0) // else the theme failed, and said why
            problems.AddRange(PersonalCheck.Of(rendered, spans, publication, options.InstallationUrl));
        return rendered with { Problems = [.. problems.Distinct()] };
    }

    private static (string Mjml, IReadOnlyList<LinkedPlace> Written) Html(Subject subject, TemplateSet templates, HoleBag holes, List<Problem> problems)
    {
        var pictures = new PictureFinder(subject.Options, subject.Address);
        var settings = ThemeValues.Of(subject.Theme.Manifest, subject.Publication.Theme.Settings, new HtmlMedium(holes, false, ProseStyles.None, pictures.Find), problems);
        var styles = templates.Styles(subject.Theme.Manifest, settings, subject.IsRightToLeft, problems);
        var medium = new HtmlMedium(holes, subject.Options.EditorHoles, styles, pictures.Find);
        var mjml = templates.Render(Theme.HtmlTemplate, subject.Model(medium, settings), problems);
        problems.AddRange(medium.Problems);
        problems.AddRange(pictures.Problems);
        return (mjml, medium.Links);
    }

    // What is wrong with the issue was told by the HTML's medium; the text's would only say it twice.
    private static string Text(Subject subject, TemplateSet templates, List<Problem> problems)
    {
        var holes = new HoleBag();
        var medium = new TextMedium(holes, subject.Options.EditorHoles);
        var settings = ThemeValues.Of(subject.Theme.Manifest, subject.Publication.Theme.Settings, medium, []);
        var text = templates.Render(Theme.TextTemplate, subject.Model(medium, settings), problems);
        return Markers.WithVerbatimBraces(holes.PutBack(TextLayout.Apply(text)));
    }

    /// <summary>What is being rendered, and what is the same for both media.</summary>
    private sealed class Subject
    {
        private readonly Issue issue;
        private readonly Language language;
        private readonly string title;

        public Subject(Issue issue, Publication publication, Theme theme, RenderOptions options)
        {
            if (options.LinkBase is { } local) (publication, options) = (publication with { PublicUrl = null }, options with { InstallationUrl = local });
            (this.issue, Publication, Theme, Options) = (issue, publication, theme, options);
            Address = PublicAddress.Of(publication, options.InstallationUrl);
            language = Language.Of(issue.Lang, publication.Lang);
            title = Pattern.TitleOf(issue, publication, language);
            Line = SubjectLine.Of(InboxLine.Subject(issue, title), title, publication, options);
            Preheader = InboxLine.Preheader(issue);
        }

        public Publication Publication { get; }

        public Theme Theme { get; }

        public RenderOptions Options { get; }

        public PublicAddress Address { get; }

        public SubjectLine Line { get; }

        public string Preheader { get; }

        public bool IsRightToLeft => language.IsRightToLeft;

        public Dictionary<string, object?> Model(Medium medium, Dictionary<string, object?> settings)
        {
            var copyright = Publication.Copyright is { } pattern ? Pattern.Fill(pattern, issue, Publication.Name, language, Options.Year) : null;
            return new Dictionary<string, object?>
            {
                ["publication"] = PublicationViews.Of(Publication, medium, Address, copyright),
                ["issue"] = new IssueViewBuilder(issue, Publication, medium, Options, Address).Build(title, Line.Plain, Preheader),
                ["theme"] = settings,
                ["t"] = Theme.Words.In(language).ToDictionary(w => w.Key, w => (object?)medium.Plain(w.Value)),
            };
        }
    }
}
