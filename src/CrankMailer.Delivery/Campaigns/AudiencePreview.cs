using CrankMailer.Delivery.Freeze;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Campaigns;

/// <summary>Who would get a campaign if it started now: the same judgement as the freeze, without writing anything.</summary>
public sealed class AudiencePreview
{
    private readonly LedgerStore _ledger;
    private readonly TimeProvider _clock;

    internal AudiencePreview(LedgerStore ledger, TimeProvider clock) => (_ledger, _clock) = (ledger, clock);

    public async Task<AudienceCount> CountAsync(int publicationId, AudienceChoice choice, CancellationToken ct)
    {
        var counts = await _ledger.ReadAsync(sql => sql.ListAsync(
            $"{AudienceSql.Judged(sql, publicationId, choice, _clock.Instant(), 0, long.MaxValue)} select reason, count(*) from judged group by reason",
            row => (Reason: row.IsDBNull(0) ? null : row.GetString(0), Count: row.GetInt64(1)), ct), ct);
        return new AudienceCount(
            counts.Where(c => c.Reason is null).Sum(c => c.Count),
            counts.Where(c => c.Reason is not null).ToDictionary(c => LedgerSql.ValueOf<LeftOutReason>(c.Reason ?? ""), c => c.Count));
    }

    /// <summary>One page of the people left out for a reason, by ascending subscriber id.</summary>
    /// <param name="after">Last subscriber id of the page before; 0 for the first.</param>
    public Task<List<LeftOutPerson>> LeftOutPageAsync(int publicationId, AudienceChoice choice, LeftOutReason reason, long after, int take, CancellationToken ct) =>
        _ledger.ReadAsync(sql => sql.ListAsync(
            $"""
            {AudienceSql.Judged(sql, publicationId, choice, _clock.Instant(), after, long.MaxValue)}
            select j.id, p.name, j.email from judged j join subscribers p on p.id = j.id where j.reason = {reason} order by j.id limit {take}
            """,
            row => new LeftOutPerson(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), reason), ct), ct);
}
