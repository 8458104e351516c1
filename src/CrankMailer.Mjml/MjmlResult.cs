namespace CrankMailer.Mjml;

/// <summary>The HTML, and what was noticed on the way.</summary>
/// <param name="Html">The whole e-mail, from doctype to &lt;/html&gt;.</param>
/// <param name="Problems">In the order of the document; empty when all is well or validation was skipped.</param>
public sealed record MjmlResult(string Html, IReadOnlyList<MjmlProblem> Problems);
