using CrankMailer.Mjml.Components;
using CrankMailer.Mjml.Css;
using CrankMailer.Mjml.Head;
using CrankMailer.Mjml.Rendering;
using CrankMailer.Mjml.Syntax;
using CrankMailer.Mjml.Validation;

namespace CrankMailer.Mjml;

/// <summary>MJML 5 → HTML, as npm's mjml 5.4.1 does it. Keeps no state: any number of threads may call it.</summary>
public static class MjmlCompiler
{
    private const string Malformed = "Malformed MJML. Check that your structure is correct and enclosed in <mjml> tags.";
    private const string NothingThere = "Parsing failed. Check your mjml.";

    // Characters of HTML a character of MJML makes in newsletters; a guess only saves copies.
    private const int UsualGrowth = 5;

    /// <summary>The HTML of a document, by mjml's default options.</summary>
    /// <exception cref="MjmlException">mjml refuses the document.</exception>
    public static string Render(string mjml) => Compile(mjml, MjmlOptions.Default).Html;

    /// <summary>The HTML of a document and what is wrong in it.</summary>
    /// <exception cref="MjmlException">The document cannot be rendered or, when validation is strict, has any problem.</exception>
    public static MjmlResult Compile(string mjml, MjmlOptions options)
    {
        var problems = new List<MjmlProblem>();
        var source = new SourceFile(options.SourceName, mjml);
        var reader = new MjmlReader(options, problems, new IncludeBudget());
        var root = reader.Read(source) ?? throw Refusal(problems, source.Problem(0, "", NothingThere));
        if (options.Validation == MjmlValidation.Skip)
        {
            problems.Clear();
        }
        else
        {
            new MjmlValidator(problems).Check(root);
            problems = [.. problems.OrderBy(p => p.Line)];
        }

        if (options.Validation == MjmlValidation.Strict && problems.Exists(p => p.Severity == MjmlSeverity.Error))
        {
            throw Refusal(problems);
        }

        // Without one, not even a forgiving renderer can go on.
        var body = root.Children.Find(c => c.Component is MjBody) ?? throw Refusal(problems, source.Problem(root.Offset, root.Tag, Malformed));

        try
        {
            return new MjmlResult(Write(body, HeadOf(root, reader.IncludedHead), options), problems);
        }
        catch (DocumentTooLargeException tooLarge)
        {
            throw new MjmlException([source.Problem(root.Offset, root.Tag, tooLarge.Message)]);
        }
    }

    private static MjmlException Refusal(List<MjmlProblem> problems, params ReadOnlySpan<MjmlProblem> more) =>
        new([.. problems.FindAll(p => p.Severity == MjmlSeverity.Error), .. more]);

    private static string Write(MjmlElement body, HeadData head, MjmlOptions options)
    {
        using var writer = new HtmlWriter(Math.Clamp(body.Source.Text.Length * UsualGrowth, 16 * 1024, 1024 * 1024));
        var page = new MjmlPage(writer, head);
        page.Render(body, 0);
        var content = head.HtmlAttributes.Count > 0 ? HtmlPatcher.SetAttributes(writer.Written.ToString(), head.HtmlAttributes) : writer.Written;
        var fonts = FontLinks.Find(content, head.InlineStyles, Fonts(options, head));
        using var start = new HtmlWriter(8 * 1024);
        PageHead.Write(page, fonts, start);
        var html = string.Concat(start.Written, content, "\n</html>\n");
        if (head.InlineStyles.Count > 0)
        {
            html = HtmlPatcher.InlineStyles(html, head.InlineStyles);
        }

        return options.Layout switch
        {
            MjmlLayout.Minified => HtmlLayout.Minify(html),
            MjmlLayout.Beautified => HtmlLayout.Beautify(html),
            _ => html,
        };
    }

    private static HeadData HeadOf(MjmlElement root, IReadOnlyList<MjmlElement> includedHead)
    {
        var head = new HeadData
        {
            Lang = Given(root, MjMjml.Lang.Name) ?? "und",
            Dir = Given(root, MjMjml.Dir.Name) ?? "auto",
            OutlookWebIsDesktop = root.FindGiven(MjMjml.Owa.Name) == "desktop",
        };
        foreach (var child in root.Children)
        {
            if (child.Component is MjRaw && child.FindGiven(MjRaw.Position.Name) == "file-start")
            {
                head.FileStart.Add(child.Content.ToString());
            }
        }

        if (root.Children.Find(c => c.Component is MjHead) is { } element && element.Component is MjHead component)
        {
            component.Apply(element, head);
        }

        foreach (var included in includedHead)
        {
            MjHead.Apply(head, included);
        }

        return head;
    }

    private static string? Given(MjmlElement root, string name) => root.FindGiven(name) is { Length: > 0 } value ? value : null;

    private static IReadOnlyDictionary<string, string> Fonts(MjmlOptions options, HeadData head)
    {
        if (head.Fonts.Count == 0)
        {
            return options.Fonts;
        }

        var fonts = new Dictionary<string, string>(options.Fonts);
        foreach (var (name, href) in head.Fonts)
        {
            fonts[name] = href;
        }

        return fonts;
    }
}
