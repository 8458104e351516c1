using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using CrankMailer.Tests.Delivery;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Scenarios;

public sealed class RelayDownScenario
{
    private const int Readers = 100;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_relay_that_is_down_leaves_the_campaign_running_with_deferred_rows_and_one_alert_until_it_is_back(DatabaseEngine engine)
    {
        int port;
        await using (var gone = ScriptedRelay.Start()) port = gone.Port;
        await using var place = await Place.CreateAsync(engine, Readers, port);
        place.Environment["CRANKMAILER_Delivery__RelayRetry"] = "00:00:00.200";
        await using var serve = await place.ServeAsync();
        var campaign = await place.StartCampaignAsync();

        await using var db = place.Open();
        await Eventually.HoldsAsync(
            () => db.Alerts.AnyAsync(a => a.Kind == "relay-down" && a.ClosedAt == null, Ct), () => Task.FromResult($"an alert:\n{serve.Out}\n{serve.Err}"));
        await Eventually.HoldsAsync(() => db.Campaigns.AnyAsync(c => c.Id == campaign && c.FrozenAt != null, Ct), () => Task.FromResult("the audience to be frozen"));
        Assert.Equal(CampaignState.Running, await db.Campaigns.Where(c => c.Id == campaign).Select(c => c.State).SingleAsync(Ct));
        Assert.False(await db.Deliveries.AnyAsync(d => d.State == DeliveryState.Accepted || d.State == DeliveryState.Bounced || d.State == DeliveryState.Uncertain, Ct));
        Assert.Equal(1, await db.Alerts.CountAsync(Ct));
        // What was in hand is deferred and counts no attempt; the rest stays where it is until the relay answers.
        await Eventually.HoldsAsync(
            async () => await db.Deliveries.AnyAsync(d => d.State == DeliveryState.Deferred, Ct)
                && await db.Deliveries.AllAsync(d => (d.State == DeliveryState.Deferred || d.State == DeliveryState.Queued) && d.Attempts == 0, Ct),
            () => Task.FromResult("what was in hand to be deferred"));

        await using var back = ScriptedRelay.Start(port);
        var rows = await place.UntilDoneAsync(campaign);

        Assert.Equal(Readers, rows[DeliveryState.Accepted]);
        Assert.Equal(Readers, back.Recipients.Distinct().Count());
        await Eventually.HoldsAsync(async () => !await db.Alerts.AnyAsync(a => a.ClosedAt == null, Ct), () => Task.FromResult("the alert to close"));
    }
}
