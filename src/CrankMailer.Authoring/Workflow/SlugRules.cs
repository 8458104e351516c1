using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Workflow;

/// <summary>The last part of an issue's address in the archive.</summary>
public static partial class SlugRules
{
    internal static Problem? Check(Issue issue) =>
        issue.Slug is { } slug && (slug.Length > 80 || !Form().IsMatch(slug))
            ? new Problem(Severity.Error, "slug", $"\"{slug}\" cannot be a web address: use lower-case letters a-z, digits and single hyphens, at most 80.", Item: "slug")
            : null;

    /// <summary>A slug of any text: <c>Été 2026</c> is <c>ete-2026</c>; <c>issue</c> where nothing is left.</summary>
    public static string From(string? text)
    {
        var letters = (text ?? "").Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            .Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        var slug = string.Join('-', string.Concat(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length == 0 ? "issue" : slug.Length <= 60 ? slug : slug[..60].TrimEnd('-');
    }

    [GeneratedRegex("^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    private static partial Regex Form();
}
