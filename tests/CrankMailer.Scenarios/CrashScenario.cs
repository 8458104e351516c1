using System.Collections.Concurrent;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using CrankMailer.Tests.Delivery;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Scenarios;

public sealed class CrashScenario
{
    private const int Readers = 2000;
    private const int Connections = 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Killed_in_mid_campaign_and_started_again_it_loses_nobody_and_mails_nobody_twice(DatabaseEngine engine)
    {
        await using var relay = ScriptedRelay.Start();
        var taken = new ConcurrentQueue<string>();
        var middle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var dead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        relay.OnMessage = async mail =>
        {
            taken.Enqueue(mail.Recipient); // the relay has it from here on, whether anybody hears of it or not
            if (taken.Count > Readers / 3)
            {
                middle.TrySetResult();
                await dead.Task;
            }
            return ScriptedRelay.Ok;
        };
        await using var place = await Place.CreateAsync(engine, Readers, relay.Port, Connections);
        int campaign;
        await using (var first = await place.ServeAsync())
        {
            campaign = await place.StartCampaignAsync();
            await Eventually.HoldsAsync(() => Task.FromResult(middle.Task.IsCompleted), () => Task.FromResult($"the middle; {taken.Count} taken:\n{first.Out}\n{first.Err}"));
            await first.KillAsync();
        }
        dead.SetResult();

        await using var second = await place.ServeAsync();
        var rows = await place.UntilDoneAsync(campaign);

        await using var db = place.Open();
        var uncertain = await db.Deliveries.Where(d => d.CampaignId == campaign && d.State == DeliveryState.Uncertain).Select(d => d.Address ?? "").ToListAsync(Ct);
        Assert.InRange(uncertain.Count, 1, Connections); // the relay kept at least one answer back
        Assert.Equal(Readers - uncertain.Count, rows[DeliveryState.Accepted]);
        Assert.Equal(taken.Count, taken.Distinct().Count());
        Assert.Equal(Readers, taken.Concat(uncertain).Distinct().Count());
        Assert.True(await db.Alerts.AnyAsync(a => a.Kind == "uncertain" && a.CampaignId == campaign, Ct));
    }
}
