using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using CrankMailer.Model;
using CrankMailer.Model.Documents;
using CrankMailer.Scriban.Personal;

namespace CrankMailer.Rendering.Personal;

/// <summary>
/// A rendered issue as one person gets it: for preview, tests and the public page. Delivery compiles the same templates once for all its
/// recipients instead.
/// </summary>
public static partial class PersonalPreview
{
    /// <exception cref="ProblemException">The issue's holes cannot be compiled; its own problems said so.</exception>
    public static PersonalMail Of(RenderedIssue issue, Publication publication, string? installation, PersonalValues values) => new(
        Write(issue.Html, PersonalNames.Syntax(PersonalMedium.Html, publication, installation), values),
        Write(issue.Text, PersonalNames.Syntax(PersonalMedium.Text, publication, installation), values),
        Write(issue.Subject, PersonalNames.Syntax(PersonalMedium.Header, publication, installation), values));

    /// <summary>An edition's subject as it reads for somebody of whom nothing is known: for lists and pages.</summary>
    public static string SubjectOf(string template)
    {
        var output = new ArrayBufferWriter<byte>();
        var compiled = PersonalTemplate.Compile(template, new PersonalSyntax { Medium = PersonalMedium.Header });
        if (compiled.Errors.Count > 0) return template;
        compiled.Write(PersonalValues.None, output);
        return Encoding.UTF8.GetString(output.WrittenSpan).Trim();
    }

    /// <summary>
    /// The page everybody may read: the same content, nobody's data, and no personal link (R131). A link of a theme that forgot to ask
    /// whether there is one loses its address.
    /// </summary>
    /// <param name="mayIndex">True for the archive; false for a reader's own page, which search engines must not list.</param>
    public static string ViewOnline(RenderedIssue issue, Publication publication, string? installation, bool mayIndex)
    {
        var html = Write(issue.Html, PersonalNames.Syntax(PersonalMedium.Html, publication, installation), PersonalValues.None);
        html = EmptyLink().Replace(html, "$1");
        return mayIndex ? html : html.Replace("</head>", "<meta name=\"robots\" content=\"noindex\">\n</head>", StringComparison.Ordinal);
    }

    private static string Write(string text, PersonalSyntax syntax, PersonalValues values)
    {
        var template = PersonalTemplate.Compile(text, syntax);
        if (template.Errors.Count > 0) throw new ProblemException([.. template.Errors.Select(Themes.TemplateSyntax.Problem)]);
        var output = new ArrayBufferWriter<byte>(text.Length + 1024);
        template.Write(values, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    [GeneratedRegex("<a\\s(?:[^>\"]|\"[^\"]*\")*?\\bhref=\"\"(?:[^>\"]|\"[^\"]*\")*>(.*?)</a>", RegexOptions.Singleline)]
    private static partial Regex EmptyLink();
}

/// <summary>One recipient's HTML, text and subject.</summary>
public sealed record PersonalMail(string Html, string Text, string Subject);
