using System.Collections.Concurrent;
using CrankMailer.Model;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrankMailer.Delivery.Compose;

/// <summary>The composers in use, compiled when first asked for and again after a minute, so that a rotated key or a changed address is seen.</summary>
internal sealed class CampaignComposers(
    IDbContextFactory<CrankDb> databases, TokenRings rings, MailSigners signers, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);
    private const int MostKept = 64;

    private readonly ConcurrentDictionary<(int Campaign, int Edition), Kept> _kept = new();
    private readonly SemaphoreSlim _compiling = new(1, 1);

    /// <param name="campaignId">0 for a test mail of the edition.</param>
    /// <exception cref="ProblemException">The edition cannot be composed; its message says why.</exception>
    public async ValueTask<CampaignComposer> GetAsync(int campaignId, int editionId, CancellationToken ct)
    {
        if (Find(campaignId, editionId) is { } known) return known;
        await _compiling.WaitAsync(ct);
        try
        {
            if (Find(campaignId, editionId) is { } other) return other;
            var composer = await CompileAsync(campaignId, editionId, ct);
            if (_kept.Count >= MostKept) _kept.Clear();
            _kept[(campaignId, editionId)] = new Kept(composer, clock.GetTimestamp());
            return composer;
        }
        finally
        {
            _compiling.Release();
        }
    }

    private CampaignComposer? Find(int campaignId, int editionId) =>
        _kept.TryGetValue((campaignId, editionId), out var kept) && clock.GetElapsedTime(kept.At) < KeptFor ? kept.Composer : null;

    private async Task<CampaignComposer> CompileAsync(int campaignId, int editionId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var edition = await db.Editions.AsNoTracking().Include(e => e.Files).SingleAsync(e => e.Id == editionId, ct);
        var publication = await db.Publications.AsNoTracking().SingleAsync(p => p.Id == edition.PublicationId, ct);
        var lists = await (from chosen in db.CampaignLists where chosen.CampaignId == campaignId && !chosen.Excluded
            join list in db.Lists on chosen.ListId equals list.Id select list.Slug).ToListAsync(ct);
        var made = await db.Campaigns.Where(c => c.Id == campaignId).Select(c => (DateTimeOffset?)c.CreatedAt).FirstOrDefaultAsync(ct);
        var campaign = new CampaignMark(campaignId, campaignId == 0 ? "test" : lists is [var only] ? only : "lists", made ?? edition.CreatedAt);
        try
        {
            return CampaignComposer.Compile(
                edition, publication, campaign, await rings.GetAsync(ct), await signers.GetAsync(publication.Id, edition.FromEmail, ct), options.Value);
        }
        catch (ArgumentException e)
        {
            throw new ProblemException([new Problem(Severity.Error, "compose", e.Message, $"edition {editionId}")]);
        }
    }

    private sealed record Kept(CampaignComposer Composer, long At);
}
