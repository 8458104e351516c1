using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Delivery;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Scenarios;

public sealed class TwoProcessesScenario
{
    private const int Readers = 1000;
    private const int Connections = 2;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_takes_its_share_of_a_campaign_and_everybody_gets_it_once()
    {
        await using var relay = ScriptedRelay.Start();
        var waiting = 0;
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        relay.OnMessage = async _ =>
        {
            // More messages at once than one process has connections: the second one is at work.
            if (Interlocked.Increment(ref waiting) > Connections) both.TrySetResult();
            await both.Task;
            return ScriptedRelay.Ok;
        };
        await using var place = await Place.CreateAsync(DatabaseEngine.Postgres, Readers, relay.Port, Connections);
        place.Environment["CRANKMAILER_Delivery__ClaimBatch"] = "50";
        await using var serve = await place.ServeAsync();
        var machine = new Dictionary<string, string>(place.Environment) { ["CRANKMAILER_DATA"] = Path.Combine(place.Folder, "worker") };
        await using var worker = await CrankProcess.ServeAsync(machine, "worker");

        var campaign = await place.StartCampaignAsync();
        var rows = await place.UntilDoneAsync(campaign);

        Assert.Equal(Readers, rows[DeliveryState.Accepted]);
        Assert.Equal(Readers, relay.Mails.Count);
        Assert.Equal(Readers, relay.Recipients.Distinct().Count());
        await using var db = place.Open();
        var shares = await db.CampaignCounters.Where(c => c.CampaignId == campaign && c.State == DeliveryState.Accepted && c.Count > 0).ToListAsync(Ct);
        Assert.Equal(2, shares.Count);
        Assert.Equal(Readers, shares.Sum(s => s.Count));
        Assert.Equal(["serve", "worker"], await db.Nodes.OrderBy(n => n.Role).Select(n => n.Role).ToListAsync(Ct));
        Assert.Equal(0, (await worker.StopAsync()).Exit);
    }
}
