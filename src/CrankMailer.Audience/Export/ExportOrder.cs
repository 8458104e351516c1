namespace CrankMailer.Audience.Export;

/// <summary>Whose data leaves, and who takes it.</summary>
/// <param name="ListSlug">Only the people of this list; null for all.</param>
/// <param name="UserId">Null for a command on the machine itself.</param>
public sealed record ExportOrder(int PublicationId, string? ListSlug, int? UserId);
