using System.Text.Json;
using CrankMailer.Model;
using CrankMailer.Rendering.Personal;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Console.Pages.Editor.Preview;

/// <summary>Whose eyes a preview uses. The personal links of a preview lead nowhere: nobody can be unsubscribed by trying them.</summary>
internal sealed class PreviewReaders(CrankDb db)
{
    private const string Nowhere = "https://preview.invalid/";

    private static readonly PersonalValues Invented = new()
    {
        Email = "reader@example.org", Name = "Robin Reader", FirstName = "Robin", LastName = "Reader", CampaignId = "0",
        Unsubscribe = Nowhere + "unsubscribe", Preferences = Nowhere + "preferences", ViewOnline = Nowhere + "view", Archive = Nowhere + "archive",
    };

    /// <summary>The invented reader where nobody is asked for, or nobody has this id.</summary>
    public async Task<PersonalValues> FindAsync(int publicationId, long? reader, CancellationToken ct)
    {
        if (reader is null) return Invented;
        var found = await db.Subscribers.AsNoTracking().Where(s => s.PublicationId == publicationId && s.Id == reader && s.Email != null)
            .Select(s => new { s.Email, s.Name, s.FirstName, s.LastName, s.Attributes }).FirstOrDefaultAsync(ct);
        return found is null ? Invented : Invented with
        {
            Email = found.Email ?? Invented.Email, Name = found.Name, FirstName = found.FirstName, LastName = found.LastName, Attributes = Read(found.Attributes),
        };
    }

    /// <summary>The id by which a preview's address names a reader: an e-mail address must not stand there.</summary>
    public async Task<long?> FindIdAsync(int publicationId, string? email, CancellationToken ct) =>
        EmailAddress.TryParse(email, out var address, out _)
            ? await db.Subscribers.Where(s => s.PublicationId == publicationId && s.NormalizedEmail == address.Normalized).Select(s => (long?)s.Id).FirstOrDefaultAsync(ct) : null;

    public Task<string?> FindEmailAsync(int publicationId, long? reader, CancellationToken ct) =>
        db.Subscribers.Where(s => s.PublicationId == publicationId && s.Id == reader).Select(s => s.Email).FirstOrDefaultAsync(ct);

    /// <summary>Some addresses to choose from.</summary>
    public async Task<IReadOnlyList<string>> SuggestAsync(int publicationId, CancellationToken ct) =>
        await db.Subscribers.AsNoTracking().Where(s => s.PublicationId == publicationId && s.Email != null).OrderBy(s => s.Id).Select(s => s.Email ?? "").Take(20).ToListAsync(ct);

    private static Dictionary<string, string> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString() ?? "" : p.Value.GetRawText())
            : [];
    }
}
