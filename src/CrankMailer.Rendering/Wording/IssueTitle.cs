using CrankMailer.Model.Documents;

namespace CrankMailer.Rendering.Wording;

/// <summary>Titles and headings from the publication's patterns, for the other stages.</summary>
public static class IssueTitle
{
    /// <summary>The issue's own title, else the publication's pattern filled in.</summary>
    public static string Of(Issue issue, Publication publication) => Pattern.TitleOf(issue, publication, Language.Of(issue.Lang, publication.Lang));

    /// <summary>A pattern with <c>{name}</c>, <c>{month}</c>, <c>{year}</c>, <c>{number}</c> filled in; what has no value leaves no gap.</summary>
    public static string Fill(string pattern, Issue issue, Publication publication) =>
        Pattern.Fill(pattern, issue, publication.Name, Language.Of(issue.Lang, publication.Lang));
}
