using CrankMailer.Delivery.Campaigns;
using CrankMailer.Delivery.Ledger;

namespace CrankMailer.Delivery.Freeze;

/// <summary>
/// Who is in an audience and who is left out, and why: one definition for the preview, the freeze and the look at hand-over.
/// Set-based, for subscribers of an id range.
/// </summary>
internal static class AudienceSql
{
    /// <summary>
    /// Two common table expressions. The last, <c>judged</c>, has a row for everybody who was on a chosen list at the instant:
    /// id, email, normalized_email, lang and reason (null for those who get it).
    /// </summary>
    /// <param name="after">Subscriber ids above this …</param>
    /// <param name="upTo">… up to and with this.</param>
    public static FormattableString Judged(LedgerSql sql, int publicationId, AudienceChoice choice, DateTimeOffset at, long after, long upTo)
    {
        var chosen = Raw.Numbers(choice.Lists);
        var excluded = Raw.Numbers(choice.Excluded);
        var all = Raw.Numbers(choice.Lists.Concat(choice.Excluded));
        var localLength = new Raw(sql.IsPostgres ? "strpos(s.email, '@') - 1" : "instr(s.email, '@') - 1");

        // Who joined after the instant is not in (rule 1); who left after it is not mailed either (R49), so the state is read as it is now.
        // Reasons in this order: what the person decided comes before what we decided about the address.
        return $"""
            with standing as (
                select b.subscriber_id,
                    max(case when b.list_id in {chosen} then 1 else 0 end) as chosen,
                    max(case when b.list_id in {chosen} and {IsActive(at)} and coalesce(b.confirmed_at, b.created_at) <= {at} then 1 else 0 end) as active,
                    max(case when b.list_id in {chosen} and b.state = 'paused' then 1 else 0 end) as paused,
                    max(case when b.list_id in {chosen} and b.state in ('pending', 'active') then 1 else 0 end) as unconfirmed,
                    max(case when b.list_id in {excluded} and b.state in ('active', 'paused') then 1 else 0 end) as excluded
                from subscriptions b
                where b.list_id in {all} and b.subscriber_id > {after} and b.subscriber_id <= {upTo} and b.created_at <= {at}
                group by b.subscriber_id),
            judged as (
                select s.id, s.email, s.normalized_email, s.lang, case
                    when s.erased_at is not null or s.email is null then 'erased'
                    when t.active = 0 and t.paused = 1 then 'paused'
                    when t.active = 0 and t.unconfirmed = 1 then 'unconfirmed'
                    when t.active = 0 then 'unsubscribed'
                    when t.excluded = 1 then 'excluded'
                    when exists ({Suppressing(publicationId)}) then 'suppressed'
                    when length(s.email) > 254 or s.email not like '_%@_%' or {localLength} > 64 or s.email like '% %' then 'invalid_address'
                    end as reason
                from standing t join subscribers s on s.id = t.subscriber_id
                where t.chosen = 1 and s.publication_id = {publicationId})
            """;
    }

    /// <summary>Condition on a row <c>d</c> of deliveries: its person may still be mailed now (R49).</summary>
    public static FormattableString StillWanted(int campaignId, int publicationId, DateTimeOffset now) => $"""
        exists (select 1 from subscriptions b join campaign_lists l on l.list_id = b.list_id
            where l.campaign_id = {campaignId} and not l.excluded and b.subscriber_id = d.subscriber_id and {IsActive(now)})
        and exists (select 1 from subscribers s where s.id = d.subscriber_id and s.erased_at is null and not exists ({Suppressing(publicationId)}))
        """;

    /// <summary>On a subscription <c>b</c>: a pause that is over counts as active.</summary>
    private static FormattableString IsActive(DateTimeOffset at) =>
        $"(b.state = 'active' or (b.state = 'paused' and b.paused_until <= {at}))";

    /// <summary>On a subscriber <c>s</c>: the suppressions that count, for all publications or for this one.</summary>
    private static FormattableString Suppressing(int publicationId) => $"""
        select 1 from suppressions x
        where x.address_hash = s.address_hash and x.lifted_at is null and (x.publication_id is null or x.publication_id = {publicationId})
        """;
}
