using CrankMailer.Delivery.Ledger;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Pump;

/// <summary>The rows of system mail: claimed, handed, ended. Few, so each is a transaction of its own.</summary>
internal sealed class OutboxLedger(LedgerStore ledger, Holds<MailKey> hands, SendingMode mode, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    /// <summary>Reasons for which even a mail somebody asked for is not sent (R54).</summary>
    private static readonly SuppressionReason[] Blocking = [SuppressionReason.HardBounce, SuppressionReason.Complaint];

    /// <summary>
    /// Begins the reply of a mail that went out once without an answer, and stays before every later reply: the second time ends it.
    /// </summary>
    private const string Unanswered = "No answer came after the mail was sent; it may have arrived.";

    private static readonly OutboxState[] Ours = [OutboxState.Claimed, OutboxState.Handed];

    /// <summary>
    /// Claims what is due, oldest first. Also what a lost process left: a mail that was handed without an answer is sent again with the same Message-ID,
    /// because a confirmation that never comes costs a reader, and a double one costs nothing. Once: who gets ten is right to complain.
    /// </summary>
    /// <param name="capture">In capture mode only mails made in capture are touched.</param>
    public async Task<List<OutboxMail>> ClaimAsync(bool capture, int count, CancellationToken ct)
    {
        var mails = await TakeAsync(capture, count, ct);
        foreach (var mail in mails) hands.Take(new MailKey(mail.Id));
        return mails;
    }

    /// <summary>Keeps what this node has in hand for another lease.</summary>
    public async Task RenewAsync(CancellationToken ct)
    {
        var held = hands.All;
        if (held.Count == 0) return;
        await ledger.WriteAsync(sql => sql.ExecuteAsync($"""
            update outbox_mails set leased_until = {sql.LeaseEnd(clock.Instant(), options.Value.Lease)}
            where id in {Raw.Numbers(held.Select(key => key.Id))} and state in ('claimed', 'handed') and owner = {mode.Node}
            """, ct), ct);
    }

    private Task<List<OutboxMail>> TakeAsync(bool capture, int count, CancellationToken ct) =>
        ledger.WriteAsync(async sql =>
        {
            var now = clock.Instant();
            FormattableString due = $"""
                select id from outbox_mails where state in ('queued', 'deferred', 'claimed', 'handed') and capture = {capture}
                and (state = 'queued' or (state = 'deferred' and not_before <= {now}) or (state in ('claimed', 'handed') and leased_until < {sql.LeaseClock(now)}
                    and id not in {Raw.Numbers([0, .. hands.All.Select(key => key.Id)])}))
                order by id limit {count} {sql.SkipLocked}
                """;
            var ids = await sql.ListAsync(
                $"""
                update outbox_mails set reply = case when state = 'handed' then {Unanswered} else reply end, state = 'claimed', owner = {mode.Node}, leased_until = {sql.LeaseEnd(now, options.Value.Lease)}, state_at = {now}
                where id {sql.In(due)}
                returning id
                """,
                row => row.GetInt64(0), ct);
            return await sql.Db.OutboxMails.AsNoTracking().Where(m => ids.Contains(m.Id)).OrderBy(m => m.Id).ToListAsync(ct);
        }, ct);

    /// <summary>Why the address may not even get this mail, or null.</summary>
    public Task<SuppressionReason?> FindBlockAsync(OutboxMail mail, CancellationToken ct) => ledger.ReadAsync(async sql =>
    {
        var reasons = from person in sql.Db.Subscribers
            where person.Id == mail.SubscriberId
            join suppression in sql.Db.Suppressions on person.AddressHash equals suppression.AddressHash
            where suppression.LiftedAt == null && Blocking.Contains(suppression.Reason)
                && (suppression.PublicationId == null || suppression.PublicationId == mail.PublicationId)
            select (SuppressionReason?)suppression.Reason;
        return await reasons.FirstOrDefaultAsync(ct);
    }, ct);

    /// <summary>Committed before the final dot, once: a mail that is handed already is on another connection.</summary>
    /// <returns>False where the mail is not ours to send any more.</returns>
    public Task<bool> HandAsync(long id, CancellationToken ct) => ChangeAsync(id, [OutboxState.Claimed], OutboxState.Handed, null, null, tried: false, ct);

    public Task<bool> EndAsync(long id, OutboxState state, string? reply, CancellationToken ct) => ChangeAsync(id, Ours, state, reply, null, tried: true, ct);

    public Task<bool> DeferAsync(OutboxMail mail, DateTimeOffset until, string? reply, bool tried, CancellationToken ct) =>
        ChangeAsync(mail.Id, Ours, OutboxState.Deferred, WentUnanswered(mail) && reply is not null ? $"{Unanswered} Then: {reply}" : reply, until, tried, ct);

    /// <summary>The final dot may have arrived and no answer came: once more, with the same Message-ID.</summary>
    public Task<bool> DeferUnansweredAsync(OutboxMail mail, DateTimeOffset until, string? reply, CancellationToken ct) =>
        ChangeAsync(mail.Id, Ours, OutboxState.Deferred, $"{Unanswered} {reply}".TrimEnd(), until, tried: true, ct);

    /// <summary>Whether the mail went out before without an answer, so that its reader may have it already.</summary>
    public static bool WentUnanswered(OutboxMail mail) => mail.Reply?.StartsWith(Unanswered, StringComparison.Ordinal) == true;

    private Task<bool> ChangeAsync(
        long id, OutboxState[] from, OutboxState state, string? reply, DateTimeOffset? notBefore, bool tried, CancellationToken ct) => ledger.WriteAsync(async sql =>
    {
        var now = clock.Instant();
        var keeps = state == OutboxState.Handed;
        return await sql.Db.OutboxMails.Where(m => m.Id == id && m.Owner == mode.Node && from.Contains(m.State))
            .ExecuteUpdateAsync(s => s
                .SetProperty(m => m.State, state).SetProperty(m => m.StateAt, now).SetProperty(m => m.NotBefore, notBefore)
                .SetProperty(m => m.Attempts, m => m.Attempts + (tried ? 1 : 0))
                .SetProperty(m => m.Reply, m => reply ?? m.Reply)
                .SetProperty(m => m.Owner, m => keeps ? m.Owner : null)
                .SetProperty(m => m.LeasedUntil, m => keeps ? m.LeasedUntil : null), ct) == 1;
    }, ct);
}
