using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Operations;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Audience.Export;

/// <summary>Writes out all people of a publication with all states, one row for each person and list. Streamed: memory stays flat. Every export is audited before its first row (R172).</summary>
public sealed class SubscriberExport(IDbContextFactory<CrankDb> databases, TimeProvider clock)
{
    private const int PageSize = 1000;
    private const string Header = "email,name,first_name,last_name,lang,time_zone,list,state,confirmed_at,ended_at,paused_until,suppressed,created_at,attributes\r\n";

    // Quotes and angle brackets may stay readable: this is a file, not a page.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="withMark">A UTF-8 byte order mark, which Excel wants (R171).</param>
    public async Task WriteCsvAsync(Stream target, ExportOrder order, bool withMark, CancellationToken ct)
    {
        await NoteAsync(order, "csv", ct);
        await using var writer = new StreamWriter(target, new UTF8Encoding(withMark), leaveOpen: true);
        await writer.WriteAsync(Header.AsMemory(), ct);
        await foreach (var row in RowsAsync(order.PublicationId, order.ListSlug, ct)) await writer.WriteAsync(CsvLine(row).AsMemory(), ct);
        await writer.FlushAsync(ct);
    }

    public async Task WriteJsonLinesAsync(Stream target, ExportOrder order, CancellationToken ct)
    {
        await NoteAsync(order, "jsonl", ct);
        await using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true);
        await foreach (var row in RowsAsync(order.PublicationId, order.ListSlug, ct)) await writer.WriteAsync((JsonSerializer.Serialize(row, Json) + "\n").AsMemory(), ct);
        await writer.FlushAsync(ct);
    }

    private async Task NoteAsync(ExportOrder order, string format, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        db.AuditEntries.Add(new AuditEntry
        {
            At = clock.Instant(), UserId = order.UserId, Action = "subscribers.exported",
            Subject = order.ListSlug is { } list ? $"list:{list}" : $"publication:{order.PublicationId.ToString(CultureInfo.InvariantCulture)}", Detail = format,
        });
        await db.SaveChangesAsync(ct);
    }

    private async IAsyncEnumerable<ExportRow> RowsAsync(int publicationId, string? listSlug, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var lists = await db.Lists.AsNoTracking().Where(l => l.PublicationId == publicationId && (listSlug == null || l.Slug == listSlug)).ToDictionaryAsync(l => l.Id, ct);
        var ids = lists.Keys.ToList();
        for (long last = 0; ;)
        {
            var page = await PageAsync(db, publicationId, last, ct);
            if (page.Count == 0) yield break;
            var people = page.ConvertAll(p => p.Person.Id);
            var subscriptions = (await db.Subscriptions.AsNoTracking().Where(s => people.Contains(s.SubscriberId) && ids.Contains(s.ListId)).ToListAsync(ct)).ToLookup(s => s.SubscriberId);
            foreach (var (person, suppressed) in page)
            {
                if (listSlug is null && !subscriptions[person.Id].Any()) yield return RowOf(person, null, null, suppressed);
                foreach (var subscription in subscriptions[person.Id].OrderBy(s => s.ListId)) yield return RowOf(person, lists[subscription.ListId].Slug, subscription, suppressed);
            }
            last = people[^1];
        }
    }

    private static async Task<List<(Subscriber Person, SuppressionReason? Suppressed)>> PageAsync(CrankDb db, int publicationId, long after, CancellationToken ct)
    {
        var page = await db.Subscribers.AsNoTracking().Where(s => s.PublicationId == publicationId && s.Id > after && s.Email != null)
            .OrderBy(s => s.Id).Take(PageSize)
            .Select(s => new
            {
                Person = s,
                Reason = db.Suppressions.Where(x => x.AddressHash == s.AddressHash && x.LiftedAt == null && (x.PublicationId == null || x.PublicationId == publicationId))
                    .Select(x => (SuppressionReason?)x.Reason).FirstOrDefault(),
            }).ToListAsync(ct);
        return page.ConvertAll(p => (p.Person, p.Reason));
    }

    private static ExportRow RowOf(Subscriber person, string? list, Subscription? subscription, SuppressionReason? suppressed) => new(
        person.Email ?? "", person.Name, person.FirstName, person.LastName, person.Lang, person.TimeZone, list, Word(subscription?.State), subscription?.ConfirmedAt,
        subscription?.EndedAt, subscription?.PausedUntil, Word(suppressed), person.CreatedAt, JsonSerializer.Deserialize<JsonElement>(person.Attributes));

    private static string? Word<T>(T? value) where T : struct, Enum => value is { } v ? JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()) : null;

    private static string CsvLine(ExportRow row)
    {
        string?[] cells =
        [
            row.Email, row.Name, row.FirstName, row.LastName, row.Lang, row.TimeZone, row.List, row.State, Instant(row.ConfirmedAt), Instant(row.EndedAt),
            Instant(row.PausedUntil), row.Suppressed, Instant(row.CreatedAt), row.Attributes.EnumerateObject().Any() ? row.Attributes.GetRawText() : null,
        ];
        return string.Join(',', cells.Select(CsvCell.Of)) + "\r\n";
    }

    private static string? Instant(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record ExportRow(
        string Email, string? Name, string? FirstName, string? LastName, string? Lang, string? TimeZone, string? List, string? State, DateTimeOffset? ConfirmedAt,
        DateTimeOffset? EndedAt, DateTimeOffset? PausedUntil, string? Suppressed, DateTimeOffset CreatedAt, JsonElement Attributes);
}
