using CrankMailer.Delivery.Pump;
using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

public sealed class SystemMailFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_mail_that_cannot_be_put_back_keeps_no_other_and_comes_back_itself()
    {
        const int Mails = 12;
        var gate = new TaskCompletionSource();
        var isDown = true;
        var sent = 0;
        var plug = new PluggedRelay(async (message, ct) =>
        {
            await gate.Task.WaitAsync(ct);
            if (Volatile.Read(ref isDown)) return PluggedRelay.Unreachable;
            if (message.BeforeFinalDot is { } hook) await hook(ct);
            Interlocked.Increment(ref sent);
            return PluggedRelay.Taken;
        });
        plug.Problem = () => Volatile.Read(ref isDown) ? PluggedRelay.Unreachable : null;
        await using var world = await World.CreateAsync(
            DatabaseEngine.Sqlite, settings: s => (s["Delivery:RelayRetry"], s["Delivery:Lease"]) = ("00:00:00.200", "00:00:05"), services: s => s.AddSingleton<IRelayOpener>(plug));
        var ids = await AddAsync(world, Mails);
        var hands = world.Services.GetRequiredService<Holds<MailKey>>();
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(() => hands.All.Count == Mails, "all to be in hand");

        await using var db = world.Open();
        // The fifth waits in the queue behind those on the four connections: it is put back by the watch.
        await db.Database.ExecuteSqlRawAsync($"create trigger fault before update on outbox_mails when new.state = 'deferred' and new.id = {ids[4]} begin select raise(abort, 'fault'); end", Ct);
        gate.SetResult();
        await Eventually.HoldsAsync(() => hands.All.Count == 0, "everything to be let go");
        Assert.Equal(OutboxState.Claimed, (await db.OutboxMails.AsNoTracking().SingleAsync(m => m.Id == ids[4], Ct)).State);

        await db.Database.ExecuteSqlRawAsync("drop trigger fault", Ct);
        Volatile.Write(ref isDown, false);
        world.Clock.Advance(TimeSpan.FromSeconds(6)); // its lease runs out
        await Eventually.HoldsAsync(() => Volatile.Read(ref sent) == Mails, "all to be sent");
    }

    private static async Task<List<long>> AddAsync(World world, int count)
    {
        await using var db = world.Open();
        for (var n = 0; n < count; n++)
            db.OutboxMails.Add(new OutboxMail
            {
                Kind = "confirm", PublicationId = world.PublicationId, ToAddress = $"reader{n}@example.org", Subject = "Please confirm", Text = "Press the button",
                Html = "<!doctype html><html lang=\"en\"><body><p>Press</p></body></html>", CreatedAt = world.Clock.Instant(), StateAt = world.Clock.Instant(),
            });
        await db.SaveChangesAsync(Ct);
        return await db.OutboxMails.OrderBy(m => m.Id).Select(m => m.Id).ToListAsync(Ct);
    }
}
