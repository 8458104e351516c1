namespace CrankMailer.Model.Audience;

/// <summary>A topic a subscriber can choose. Called List everywhere a person reads; the type is named so that it is not taken for <c>List&lt;T&gt;</c>.</summary>
public sealed class MailingList
{
    public int Id { get; set; }
    public int PublicationId { get; set; }

    /// <summary>Unique in the publication.</summary>
    public string Slug { get; set; } = "";
    public string Name { get; set; } = "";
    public string? Description { get; set; }

    /// <summary>Offered on the sign-up form and the preferences page.</summary>
    public bool IsPublic { get; set; } = true;
    public DateTimeOffset? ArchivedAt { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
