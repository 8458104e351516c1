using CrankMailer.Model.Documents;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Authoring.Workflow;

/// <summary>What a new issue of a publication starts with: its introduction, masthead and empty sections.</summary>
public static class IssueSkeleton
{
    private static readonly SkeletonSection[] Plain = [new() { Kind = "stories", Heading = "{month} {year} Highlights" }, new() { Kind = "briefs", Heading = "Links" }];

    /// <param name="publication">Gives skeleton, intro and masthead.</param>
    /// <param name="period">What the issue is about, such as <c>2026-06</c>.</param>
    /// <param name="number">Number of the issue, where the publication counts them.</param>
    public static Issue For(Publication publication, string period, int? number)
    {
        var issue = new Issue { Publication = publication.Slug, Period = period, Number = number };
        var sections = publication.Skeleton.Count > 0 ? publication.Skeleton : Plain;
        return issue with
        {
            Title = IssueTitle.Of(issue, publication),
            Intro = publication.Intro,
            Masthead = publication.Masthead,
            Sections = [.. sections.Select(s => NewSection.Of(s.Kind, s.Heading is { } heading ? IssueTitle.Fill(heading, issue, publication) : null))],
        };
    }
}
