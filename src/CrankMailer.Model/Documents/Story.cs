namespace CrankMailer.Model.Documents;

/// <summary>A highlight: headline and a body of as many paragraphs as wanted.</summary>
public sealed record Story
{
    public string? Id { get; init; }
    public string Headline { get; init; } = "";
    public string Body { get; init; } = "";
    public string? Url { get; init; }
    public string? Byline { get; init; }
    public IssueImage? Image { get; init; }
}
