using CrankMailer.Delivery.Campaigns;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery.Compose;

/// <summary>Nothing leaves unsigned, or signed for another domain than its sender's (R30, R31, R34).</summary>
public sealed class MailSignersTests
{
    private static readonly DkimKey Ed25519 = DkimKey.IsSupported(DkimAlgorithm.Ed25519Sha256) ? DkimKey.Generate(DkimAlgorithm.Ed25519Sha256) : World.SigningKey;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_an_active_key_nothing_is_composed()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var campaign = await world.CreateCampaignAsync();
        await using (var db = world.Open()) await db.DkimKeys.ExecuteUpdateAsync(s => s.SetProperty(k => k.Active, false), Ct);
        Assert.Contains("dkim new", (await Assert.ThrowsAsync<ProblemException>(() => Composed.CampaignAsync(world, campaign, "ada@example.org", "Ada"))).Message);
        Assert.Contains("dkim new", (await Assert.ThrowsAsync<ProblemException>(() => Composed.SystemAsync(world))).Message);
        Assert.Contains("dkim new", Assert.IsType<DeskAnswer.Refused>(await world.Desk(d => d.StartAsync(campaign, null, Ct))).Text);
    }

    [Theory]
    [InlineData("news.example.test", true)]
    [InlineData("example.test", true)]
    [InlineData("mail.news.example.test", true)]
    [InlineData("other.test", false)]
    [InlineData("ews.example.test", false)]
    [InlineData("example.com", false)]
    public async Task A_key_signs_only_for_a_sender_it_aligns_with(string domain, bool signs)
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        var campaign = await world.CreateCampaignAsync();
        await using (var db = world.Open()) await db.DkimKeys.ExecuteUpdateAsync(s => s.SetProperty(k => k.Domain, domain), Ct);
        if (signs) Assert.Contains($"d={domain};", Composed.Read(await Composed.CampaignAsync(world, campaign, "ada@example.org", "Ada")).Header("DKIM-Signature"));
        else Assert.Contains("forged", (await Assert.ThrowsAsync<ProblemException>(() => Composed.CampaignAsync(world, campaign, "ada@example.org", "Ada"))).Message);
    }

    [Fact]
    public async Task Two_keys_sign_and_each_signature_verifies_alone()
    {
        if (!DkimKey.IsSupported(DkimAlgorithm.Ed25519Sha256)) Required.Missing("OpenSSL 3");
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await AddEd25519Async(world);
        var message = await Composed.CampaignAsync(world);
        foreach (var (selector, key) in new[] { ("cm1", World.SigningKey), ("ed1", Ed25519) })
        {
            var results = await new DkimVerifier(world.Clock).VerifyAsync(message, (name, _) => ValueTask.FromResult<string?>(name.StartsWith(selector, StringComparison.Ordinal) ? key.DnsRecord : null), Ct);
            Assert.Equal([selector], results.Where(result => result.Status == DkimStatus.Pass).Select(result => result.Selector));
            Assert.Empty(results.First(result => result.Status == DkimStatus.Pass).Notes);
        }
    }

    [Fact]
    public async Task Ed25519_alone_is_refused()
    {
        if (!DkimKey.IsSupported(DkimAlgorithm.Ed25519Sha256)) Required.Missing("OpenSSL 3");
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using (var db = world.Open()) await db.DkimKeys.ExecuteDeleteAsync(Ct);
        await AddEd25519Async(world);
        Assert.Contains("RSA", (await Assert.ThrowsAsync<ProblemException>(() => Composed.SystemAsync(world))).Message);
    }

    [Fact]
    public async Task A_key_that_another_installation_wrapped_says_so_and_tells_nothing_of_it()
    {
        await using var world = await World.CreateAsync(DatabaseEngine.Sqlite);
        await using (var db = world.Open()) await db.DkimKeys.ExecuteUpdateAsync(s => s.SetProperty(k => k.PrivateKey, new byte[] { 1, 2, 3 }), Ct);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Composed.SystemAsync(world));
        Assert.Contains("protection keys", refused.Message);
        Assert.DoesNotContain("PRIVATE", refused.ToString());
    }

    private static async Task AddEd25519Async(World world)
    {
        await using var db = world.Open();
        db.DkimKeys.Add(new DkimKeyRow
        {
            PublicationId = world.PublicationId, Domain = "news.example.test", Selector = "ed1", Algorithm = DkimKeyRow.Ed25519, Active = true, DnsRecord = Ed25519.DnsRecord,
            PrivateKey = world.Services.GetRequiredService<PublicationSecrets>().WrapKey(Ed25519.ToPem()), CreatedAt = world.Clock.GetUtcNow(),
        });
        await db.SaveChangesAsync(Ct);
    }
}
