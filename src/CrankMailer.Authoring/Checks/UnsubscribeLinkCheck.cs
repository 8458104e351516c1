using System.Text.RegularExpressions;
using CrankMailer.Model;

namespace CrankMailer.Authoring.Checks;

/// <summary>R48: a visible unsubscribe link in the HTML and in the text. The theme writes it, so the theme is to be mended.</summary>
internal sealed partial class UnsubscribeLinkCheck : IssueCheck
{
    [GeneratedRegex(@"href\s*=\s*[""']?\s*\{\{-?\s*links\.unsubscribe\b")]
    private static partial Regex InHtml { get; }

    [GeneratedRegex(@"\{\{-?\s*links\.unsubscribe\b")]
    private static partial Regex InText { get; }

    public override IEnumerable<Problem> Run(CheckInput input)
    {
        if (input.Rendered is not { } rendered) yield break;
        if (!InHtml.IsMatch(rendered.Html)) yield return Error("no-unsubscribe", "html", "The HTML has no unsubscribe link: put href=\"{%{{{ links.unsubscribe }}}%}\" into the theme's footer.");
        if (!InText.IsMatch(rendered.Text)) yield return Error("no-unsubscribe", "text", "The plain text has no unsubscribe link: put {%{{{ links.unsubscribe }}}%} into the theme's text.");
    }
}
