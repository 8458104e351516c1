using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Delivery;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Scenarios;

/// <summary>What the rows say, read beside the processes that write them.</summary>
internal static class Ledger
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task UntilAsync(Func<CrankDb> open, int campaign, CampaignState state) => Eventually.HoldsAsync(
        async () =>
        {
            await using var db = open();
            return await db.Campaigns.AnyAsync(c => c.Id == campaign && c.State == state, Ct);
        },
        async () =>
        {
            await using var db = open();
            var row = await db.Campaigns.SingleAsync(c => c.Id == campaign, Ct);
            return $"the campaign to be {state}; it is {row.State} ({row.StateReason}): {string.Join(", ", await RowsAsync(db, campaign))}";
        });

    /// <summary>Rows by state, after the books were found equal to them (design §5, rule 4).</summary>
    public static async Task<Dictionary<DeliveryState, int>> BalancedRowsAsync(Func<CrankDb> open, int campaign)
    {
        await using var db = open();
        var rows = await RowsAsync(db, campaign);
        var books = await db.CampaignCounters.Where(c => c.CampaignId == campaign).GroupBy(c => c.State).Select(g => new { g.Key, Sum = g.Sum(c => c.Count) }).ToListAsync(Ct);
        Assert.Equal(rows.OrderBy(r => r.Key).Select(r => (r.Key, (long)r.Value)), books.Where(b => b.Sum != 0).OrderBy(b => b.Key).Select(b => (b.Key, b.Sum)));
        Assert.Equal((await db.Campaigns.SingleAsync(c => c.Id == campaign, Ct)).Audience, rows.Values.Sum());
        return rows;
    }

    private static Task<Dictionary<DeliveryState, int>> RowsAsync(CrankDb db, int campaign) =>
        db.Deliveries.Where(d => d.CampaignId == campaign).GroupBy(d => d.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, Ct);
}
