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
        var root = reader.Read(source);
        Refuse(source, root, problems);
        if (root is null)
        {
            throw new MjmlException(problems);
        }

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
            throw new MjmlException(problems.FindAll(p => p.Severity == MjmlSeverity.Error));
        }

        try
        {
            return new MjmlResult(Write(root, reader.IncludedHead, options), problems);
        }
        catch (DocumentTooLargeException tooLarge)
        {
            throw new MjmlException([source.Problem(root.Offset, root.Tag, tooLarge.Message)]);
        }
    }

    // Too deep, or not a document at all: not even a forgiving renderer can go on.
    private static void Refuse(SourceFile source, MjmlElement? root, List<MjmlProblem> problems)
    {
        var reason = root is null ? NothingThere
            : root.Component is not MjMjml || !root.Children.Exists(c => c.Component is MjBody) ? Malformed
            : null;
        if (reason is not null)
        {
            problems.Add(source.Problem(root?.Offset ?? 0, root?.Tag ?? "", reason));
            throw new MjmlException(problems.FindAll(p => p.Severity == MjmlSeverity.Error));
        }
    }

    private static string Write(MjmlElement root, IReadOnlyList<MjmlElement> includedHead, MjmlOptions options)
    {
        var head = HeadOf(root, includedHead);
        using var body = new HtmlWriter(Math.Clamp(root.Source.Text.Length * UsualGrowth, 16 * 1024, 1024 * 1024));
        var page = new MjmlPage(body, head);
        page.Render(root, 0);
        var fonts = FontLinks.Find(body.Written, head.InlineStyles, Fonts(options, head));
        using var start = new HtmlWriter(8 * 1024);
        PageHead.Write(page, fonts, start);
        var html = string.Concat(start.Written, body.Written, "\n</html>\n");
        if (head.InlineStyles.Count > 0 || head.HtmlAttributes.Count > 0)
        {
            html = HtmlPatcher.Apply(html, head);
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
