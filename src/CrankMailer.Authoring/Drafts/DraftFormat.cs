namespace CrankMailer.Authoring.Drafts;

/// <summary>What a draft was written in.</summary>
public enum DraftFormat
{
    Text,
    Markdown,
    Html,
    Word,
}
