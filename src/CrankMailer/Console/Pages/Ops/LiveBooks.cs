using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CrankMailer.Console.Accounts;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Model.Ledger;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrankMailer.Console.Pages.Ops;

/// <summary>The books of a campaign as server-sent events: one at once, then one whenever they changed, until the campaign ends or the page is left.</summary>
internal static class LiveBooks
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static void MapLiveBooks(this IEndpointRouteBuilder app) =>
        app.MapGet("/ops/campaigns/{id:int}/live", Live).RequireAuthorization(Can.See);

    /// <summary>What keeps the mail of a campaign waiting that would go on by itself or after a mend, one plain sentence or two each.</summary>
    internal static async Task<IReadOnlyList<string>> TroublesAsync(RelayTroubles relays, CampaignHead campaign, CancellationToken ct) =>
        campaign.State is CampaignState.Running or CampaignState.Paused
            ? [.. (await relays.FindAsync(campaign.Capture, ct)).Select(t => $"{t.Text} It has been so since {SendTime.Show(t.Since, campaign.TimeZone)}.")]
            : [];

    private static ServerSentEventsResult<BooksEvent> Live(int id, IServiceScopeFactory scopes, CancellationToken ct) =>
        TypedResults.ServerSentEvents(WatchAsync(id, scopes, ct));

    private static async IAsyncEnumerable<SseItem<BooksEvent>> WatchAsync(int id, IServiceScopeFactory scopes, [EnumeratorCancellation] CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Pause);
        BooksEvent? last = null;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<Books>().FindAsync(id, ct) is not { } books) yield break;
            var now = BooksEvent.Of(books, await TroublesAsync(scope.ServiceProvider.GetRequiredService<RelayTroubles>(), books.Campaign, ct));
            if (last is null || !now.SameAs(last)) yield return new SseItem<BooksEvent>(last = now, "books");
            if (books.Campaign.State is CampaignState.Done or CampaignState.Cancelled) yield break;
        }
        while (await timer.WaitForNextTickAsync(ct));
    }
}

/// <summary>What js/books.js shows.</summary>
internal sealed record BooksEvent(string State, long Audience, bool Final, long Ended, bool Balance, IReadOnlyDictionary<string, long> States,
    IReadOnlyList<string> Troubles)
{
    public static BooksEvent Of(CampaignBooks books, IReadOnlyList<string> troubles) => new(
        books.Campaign.State.ToString().ToLowerInvariant(), books.Campaign.Audience, books.IsFinal, books.Ended, books.Balance,
        books.States.ToDictionary(s => s.Key.ToString().ToLowerInvariant(), s => s.Value), troubles);

    public bool SameAs(BooksEvent other) =>
        State == other.State && Audience == other.Audience && Final == other.Final && States.All(s => other.States.GetValueOrDefault(s.Key) == s.Value)
        && Troubles.SequenceEqual(other.Troubles);
}
