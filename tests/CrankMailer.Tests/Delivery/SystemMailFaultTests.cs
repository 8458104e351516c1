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
        var trigger = $"create trigger fault before update on outbox_mails when new.state = 'deferred' and new.id = {ids[4]} begin select raise(abort, 'fault'); end";
        await db.Database.ExecuteSqlRawAsync(trigger, Ct);
        gate.SetResult();
        await Eventually.HoldsAsync(() => hands.All.Count == 0, "everything to be let go");
        Assert.Equal(OutboxState.Claimed, (await db.OutboxMails.AsNoTracking().SingleAsync(m => m.Id == ids[4], Ct)).State);

        await db.Database.ExecuteSqlRawAsync("drop trigger fault", Ct);
        Volatile.Write(ref isDown, false);
        world.Clock.Advance(TimeSpan.FromSeconds(6)); // its lease runs out
        await Eventually.HoldsAsync(() => Volatile.Read(ref sent) == Mails, "all to be sent");
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Mail_whose_answer_is_lost_is_sent_once_more_and_then_fails_with_the_reason(DatabaseEngine engine)
    {
        var sent = 0;
        var plug = new PluggedRelay(async (message, ct) =>
        {
            if (message.BeforeFinalDot is { } hook) await hook(ct);
            Interlocked.Increment(ref sent);
            return new SmtpOutcome.Unknown(SmtpFailure.TimedOut, "The server did not answer in time.", PluggedRelay.Session);
        });
        await using var world = await World.CreateAsync(engine, services: s => s.AddSingleton<IRelayOpener>(plug));
        await AddAsync(world, 1);
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(async () => (await MailAsync(world)).State == OutboxState.Deferred, () => Task.FromResult("the mail to wait"));
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        await Eventually.HoldsAsync(async () => (await MailAsync(world)).State == OutboxState.Failed, () => Task.FromResult("the mail to fail"));
        Assert.Equal(2, sent);
        Assert.StartsWith("Given up: it was sent twice", (await MailAsync(world)).Reply);
    }

    [Fact]
    public async Task A_refusal_between_two_lost_answers_does_not_make_the_first_forgotten()
    {
        var tries = 0;
        var plug = new PluggedRelay(async (message, ct) =>
        {
            if (Interlocked.Increment(ref tries) == 2) return new SmtpOutcome.Refused(SmtpPhase.Rcpt, new SmtpReply(450, "4.2.0 Later"), PluggedRelay.Session);
            if (message.BeforeFinalDot is { } hook) await hook(ct);
            return new SmtpOutcome.Unknown(SmtpFailure.TimedOut, "The server did not answer in time.", PluggedRelay.Session);
        });
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite, services: s => s.AddSingleton<IRelayOpener>(plug));
        await AddAsync(world, 1);
        await using var pump = RunningPump.Start(world.Services);
        for (var n = 1; n <= 2; n++)
        {
            await Eventually.HoldsAsync(async () => await MailAsync(world) is { State: OutboxState.Deferred, Attempts: var attempts } && attempts == n, () => Task.FromResult($"try {n}"));
            world.Clock.Advance(TimeSpan.FromHours(1));
        }
        await Eventually.HoldsAsync(async () => (await MailAsync(world)).State == OutboxState.Failed, () => Task.FromResult("the mail to fail"));
        Assert.Equal(3, tries);
    }

    private static async Task<OutboxMail> MailAsync(World world)
    {
        await using var db = world.Open();
        return await db.OutboxMails.AsNoTracking().SingleAsync(Ct);
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
