using System.CommandLine;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Commands;

/// <summary><c>campaign …</c>: what the console does, from the command line.</summary>
internal static class CampaignCommand
{
    private static readonly Option<string?> Data = CommonOptions.Data();
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option<string?> PublicationSlug = new("--publication") { Description = "Slug of the publication; not needed where there is one." };
    private static readonly Argument<int> Id = new("id") { Description = "The campaign's number." };
    private static readonly Option<string> IssueSlug = new("--issue") { Description = "Slug of the approved issue, such as 2026-06.", Required = true };
    private static readonly Option<string[]> Lists = new("--list") { Description = "Slug of a list to send to; may be given several times.", Required = true };
    private static readonly Option<string[]> Exclude = new("--exclude") { Description = "Slug of a list whose people are left out.", DefaultValueFactory = _ => [] };
    private static readonly Option<string> At = new("--at") { Description = "Local time, such as 2026-06-18T17:00.", Required = true };
    private static readonly Option<string?> Zone = new("--zone") { Description = "IANA time zone; the publication's where not given." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; kept with the campaign." };

    public static Command Create()
    {
        var create = new Command("create", "Make a campaign of an approved issue. Example: crankmailer campaign create --issue 2026-06 --list monthly") { IssueSlug, Lists, Exclude, PublicationSlug, Data, Json };
        create.SetAction(CreateCampaignAsync);
        var schedule = new Command("schedule", "Send at a time. Example: crankmailer campaign schedule 12 --at 2026-06-18T17:00") { Id, At, Zone, Data, Json };
        schedule.SetAction((result, ct) => OnDeskAsync(result, (desk, host, id) => ScheduleAsync(desk, host, id, result, ct), ct));
        var status = new Command("status", "Show the books. Example: crankmailer campaign status 12") { Id, Data, Json };
        status.SetAction(StatusAsync);
        var watch = new Command("watch", "Show the books until the campaign ends. Example: crankmailer campaign watch 12") { Id, Data };
        watch.SetAction(WatchAsync);
        return new Command("campaign", "Editions on their way to lists.")
        {
            create, schedule, status, watch,
            OnDesk("start", "Send now.", (desk, id, _, ct) => desk.StartAsync(id, null, ct)),
            OnDesk("pause", "Stop handing over; what is on the way ends.", (desk, id, reason, ct) => desk.PauseAsync(id, reason, null, ct)),
            OnDesk("resume", "Go on.", (desk, id, _, ct) => desk.ResumeAsync(id, null, ct)),
            OnDesk("cancel", "Stop for good; who has not got it will not.", (desk, id, reason, ct) => desk.CancelAsync(id, reason, null, ct)),
        };
    }

    private static Command OnDesk(string name, string does, Func<CampaignDesk, int, string?, CancellationToken, Task<DeskAnswer>> act)
    {
        var command = new Command(name, $"{does} Example: crankmailer campaign {name} 12") { Id, Reason, Data, Json };
        command.SetAction((result, ct) => OnDeskAsync(result, (desk, _, id) => act(desk, id, result.GetValue(Reason), ct), ct));
        return command;
    }

    private static async Task<int> OnDeskAsync(ParseResult result, Func<CampaignDesk, CommandHost, int, Task<DeskAnswer>> act, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        return Say(await act(host.Services.GetRequiredService<CampaignDesk>(), host, result.GetRequiredValue(Id)), result.GetValue(Json));
    }

    private static async Task<int> CreateCampaignAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var publication = await SubscribersCommand.PublicationId(host.Db, result.GetValue(PublicationSlug), ct);
        var slug = result.GetRequiredValue(IssueSlug);
        var issue = await host.Db.Issues.AsNoTracking().FirstOrDefaultAsync(i => i.PublicationId == publication && i.Slug == slug, ct);
        if (issue is null) return Report.Refuse($"there is no issue '{slug}'.");
        if (issue.EditionId is not { } edition) return Report.Refuse($"issue '{slug}' is not approved: approve it in the console first.");
        var (lists, unknown) = await ListIdsAsync(host.Db, publication, result.GetValue(Lists) ?? [], ct);
        var (excluded, unknownToo) = await ListIdsAsync(host.Db, publication, result.GetValue(Exclude) ?? [], ct);
        if ((unknown ?? unknownToo) is not null) return Report.Refuse($"there is no list '{unknown ?? unknownToo}'.");
        var order = new NewCampaign(issue.Id, [edition], issue.Title ?? slug, new AudienceChoice(lists, excluded));
        return Say(await host.Services.GetRequiredService<CampaignDesk>().CreateAsync(order, null, ct), result.GetValue(Json));
    }

    private static async Task<DeskAnswer> ScheduleAsync(CampaignDesk desk, CommandHost host, int id, ParseResult result, CancellationToken ct)
    {
        var zone = result.GetValue(Zone) ?? await ZoneOfAsync(host.Db, id, ct);
        return SendTime.TryParse(result.GetRequiredValue(At), zone, out var at, out var problem)
            ? await desk.ScheduleAsync(id, at, zone, null, ct)
            : new DeskAnswer.Refused(problem);
    }

    private static async Task<int> StatusAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var id = result.GetRequiredValue(Id);
        if (await host.Services.GetRequiredService<Books>().FindAsync(id, ct) is not { } books) return Report.Refuse($"there is no campaign {id}.");
        if (result.GetValue(Json)) Report.Write(books);
        else System.Console.Out.WriteLine(Line(books));
        return ExitCodes.Done;
    }

    private static async Task<int> WatchAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var id = result.GetRequiredValue(Id);
        var last = "";
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            await using var scope = host.Services.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<Books>().FindAsync(id, ct) is not { } books) return Report.Refuse($"there is no campaign {id}.");
            var line = Line(books);
            if (line != last) System.Console.Out.WriteLine(last = line);
            if (books.Campaign.State is CampaignState.Done or CampaignState.Cancelled) return ExitCodes.Done;
        }
        while (await timer.WaitForNextTickAsync(ct));
        return ExitCodes.Done;
    }

    private static string Line(CampaignBooks books)
    {
        var states = string.Join(", ", books.States.Where(s => s.Value != 0).OrderBy(s => s.Key).Select(s => $"{s.Value} {s.Key.ToString().ToLowerInvariant()}"));
        return $"{books.Campaign.Name}: {books.Campaign.State.ToString().ToLowerInvariant()}; audience {books.Campaign.Audience}: {(states.Length > 0 ? states : "nothing yet")}";
    }

    private static async Task<(List<int> Ids, string? Unknown)> ListIdsAsync(CrankDb db, int publication, string[] slugs, CancellationToken ct)
    {
        var lists = await db.Lists.AsNoTracking().Where(l => l.PublicationId == publication).ToDictionaryAsync(l => l.Slug, l => l.Id, ct);
        return (slugs.Where(lists.ContainsKey).Select(s => lists[s]).ToList(), slugs.FirstOrDefault(s => !lists.ContainsKey(s)));
    }

    private static async Task<string> ZoneOfAsync(CrankDb db, int campaign, CancellationToken ct)
    {
        var publication = await db.Campaigns.Where(c => c.Id == campaign).Join(db.Publications, c => c.PublicationId, p => p.Id, (_, p) => p).AsNoTracking().FirstOrDefaultAsync(ct);
        return publication?.Document.TimeZone ?? "Etc/UTC";
    }

    private static int Say(DeskAnswer answer, bool json)
    {
        switch (answer)
        {
            case DeskAnswer.Done done when json:
                Report.Write(new { Campaign = done.CampaignId, done.Text });
                return ExitCodes.Done;
            case DeskAnswer.Done done:
                System.Console.Out.WriteLine($"{done.Text} (campaign {done.CampaignId})");
                return ExitCodes.Done;
            case DeskAnswer.Refused refused:
                return Report.Refuse(refused.Text);
            default:
                throw new InvalidOperationException($"Unknown answer {answer}.");
        }
    }
}
