using CrankMailer.Delivery.Compose;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Delivery.Compose;

/// <summary>R36: keys are rotated with two selectors and without a gap.</summary>
public sealed class SigningKeysTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_key_is_made_published_activated_and_the_one_before_it_retires(DatabaseEngine engine)
    {
        await using var world = await World.CreateAsync(engine);
        var made = Done(await With(world, k => k.MakeAsync(world.PublicationId, DkimAlgorithm.RsaSha256, 1024, null, null, Ct))).Key;
        Assert.Equal(("crank1", "news.example.test", SigningKeyState.New), (made.Selector, made.Domain, made.State));
        Assert.Equal("crank1._domainkey.news.example.test", made.RecordName);
        Assert.StartsWith("v=DKIM1; k=rsa; p=", made.Record, StringComparison.Ordinal);
        Assert.Equal(["cm1"], await SelectorsAsync(world)); // nobody can verify it yet

        var now = Done(await With(world, k => k.ActivateAsync(world.PublicationId, "crank1", null, Ct)));
        Assert.Equal((SigningKeyState.Active, "cm1", SigningKeyState.Retired), (now.Key.State, now.Replaced?.Selector, now.Replaced?.State));
        Assert.Equal(world.Clock.GetUtcNow().AddDays(7), now.Replaced?.RemovableAt); // what it signed is still on its way
        Assert.Equal(["crank1"], await SelectorsAsync(world));

        // The new record was never seen by receivers: back to the old key, whose record still stands.
        Done(await With(world, k => k.ActivateAsync(world.PublicationId, "CM1", null, Ct)));
        Assert.Equal(["cm1"], await SelectorsAsync(world));
        await using var db = world.Open();
        Assert.Equal(["dkim.made", "dkim.retired", "dkim.activated", "dkim.retired", "dkim.activated"], await db.AuditEntries.Where(e => e.Action.StartsWith("dkim")).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync(Ct));
    }

    [Fact]
    public async Task Mail_is_signed_at_every_moment_of_a_rotation_that_runs_while_a_campaign_does()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using var relay = ScriptedRelay.Start();
        await world.UseRelayAsync(relay.Port, connections: 2);
        await world.AddSubscribersAsync(120);
        var campaign = await world.StartCampaignAsync();
        await using var pump = RunningPump.Start(world.Services);
        await Eventually.HoldsAsync(() => relay.Mails.Count > 10, "mail to leave");
        Done(await With(world, k => k.MakeAsync(world.PublicationId, DkimAlgorithm.RsaSha256, 1024, "next", null, Ct)));
        Done(await With(world, k => k.ActivateAsync(world.PublicationId, "next", null, Ct)));
        await world.UntilAsync(campaign, CampaignState.Done);
        Assert.Equal(120, relay.Mails.Count);
        Assert.All(relay.Mails, mail => Assert.Matches("s=(cm1|next);", mail.Header("DKIM-Signature")));
        Assert.Equal(["next"], await SelectorsAsync(world));
    }

    [Fact]
    public async Task An_ed25519_key_signs_beside_the_RSA_key_and_may_retire_alone()
    {
        if (!DkimKey.IsSupported(DkimAlgorithm.Ed25519Sha256)) Required.Missing("OpenSSL 3");
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        Done(await With(world, k => k.MakeAsync(world.PublicationId, DkimAlgorithm.Ed25519Sha256, 2048, "ed", null, Ct)));
        Assert.Null(Done(await With(world, k => k.ActivateAsync(world.PublicationId, "ed", null, Ct))).Replaced);
        Assert.Equal(["cm1", "ed"], await SelectorsAsync(world));
        Done(await With(world, k => k.RetireAsync(world.PublicationId, "ed", null, Ct)));
        Assert.Equal(["cm1"], await SelectorsAsync(world));
    }

    [Fact]
    public async Task What_would_leave_mail_unsigned_or_a_name_twice_is_refused()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var id = world.PublicationId;
        Assert.Contains("only one that signs", Refused(await With(world, k => k.RetireAsync(id, "cm1", null, Ct))));
        Assert.Contains("cm1", Refused(await With(world, k => k.RetireAsync(id, "cm9", null, Ct))));
        Assert.Contains("active already", Refused(await With(world, k => k.ActivateAsync(id, "cm1", null, Ct))));
        Assert.Contains("used once", Refused(await With(world, k => k.MakeAsync(id, DkimAlgorithm.RsaSha256, 1024, "cm1", null, Ct))));
        Assert.Contains("no selector", Refused(await With(world, k => k.MakeAsync(id, DkimAlgorithm.RsaSha256, 1024, "a b", null, Ct))));
        Assert.Contains("1024", Refused(await With(world, k => k.MakeAsync(id, DkimAlgorithm.RsaSha256, 512, "s", null, Ct))));
        Done(await With(world, k => k.MakeAsync(id, DkimAlgorithm.RsaSha256, 1024, "s", null, Ct)));
        await using (var db = world.Open()) await db.DkimKeys.Where(k => k.Selector == "s").ExecuteUpdateAsync(s => s.SetProperty(k => k.PrivateKey, new byte[] { 1 }), Ct);
        Assert.Contains("cannot be read", Refused(await With(world, k => k.ActivateAsync(id, "s", null, Ct))));
        Assert.Equal(["cm1"], await SelectorsAsync(world));
    }

    [Fact]
    public async Task After_a_move_to_another_domain_the_new_key_takes_the_place_of_the_old()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using (var db = world.Open())
        {
            var row = await db.Publications.SingleAsync(Ct);
            row.Document = row.Document with { Sender = row.Document.Sender with { Email = "brief@bücher.example" } };
            await db.SaveChangesAsync(Ct);
        }
        var made = Done(await With(world, k => k.MakeAsync(world.PublicationId, DkimAlgorithm.RsaSha256, 1024, "cm1", null, Ct))).Key;
        Assert.Equal("cm1._domainkey.xn--bcher-kva.example", made.RecordName);
        Assert.Equal("news.example.test", Done(await With(world, k => k.ActivateAsync(world.PublicationId, "cm1", null, Ct))).Replaced?.Domain);
        Assert.Contains("d=xn--bcher-kva.example;", Composed.Read(await Composed.SystemAsync(world)).Header("DKIM-Signature"));
    }

    [Fact]
    public void No_private_half_is_in_what_operators_see() =>
        Assert.DoesNotContain(typeof(SigningKey).GetProperties(), property => property.Name.Contains("Private", StringComparison.Ordinal) || property.PropertyType == typeof(byte[]));

    private static async Task<string[]> SelectorsAsync(World world)
    {
        var header = Composed.Read(await Composed.SystemAsync(world)).Headers.Where(h => h.Name == "DKIM-Signature");
        return [.. header.Select(h => System.Text.RegularExpressions.Regex.Match(h.Value, "s=([^;]+);").Groups[1].Value)];
    }

    private static Task<SigningKeyAnswer> With(World world, Func<SigningKeys, Task<SigningKeyAnswer>> work) => world.With(work);

    private static SigningKeyAnswer.Done Done(SigningKeyAnswer answer) => answer as SigningKeyAnswer.Done ?? throw new Xunit.Sdk.XunitException((answer as SigningKeyAnswer.Refused)?.Text);

    private static string Refused(SigningKeyAnswer answer) => Assert.IsType<SigningKeyAnswer.Refused>(answer).Text;
}
