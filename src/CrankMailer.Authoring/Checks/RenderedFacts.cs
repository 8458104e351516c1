using CrankMailer.Model;
using CrankMailer.Rendering;

namespace CrankMailer.Authoring.Checks;

/// <summary>What the checks want to know of a rendered issue: the phase-1 output, its holes still standing (design §4).</summary>
/// <param name="Problems">What rendering itself complained of; passed on.</param>
public sealed record RenderedFacts(string Html, string Text, IReadOnlyList<Problem> Problems)
{
    public static RenderedFacts Of(RenderedIssue rendered) => new(rendered.Html, rendered.Text, rendered.Problems);
}
