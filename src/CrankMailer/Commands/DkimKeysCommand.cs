using System.CommandLine;
using CrankMailer.Delivery.Compose;
using CrankMailer.Mail.Dkim;
using CrankMailer.Mail.Dns;

namespace CrankMailer.Commands;

/// <summary><c>dkim list</c>, <c>new</c>, <c>activate</c>, <c>retire</c>: a publication's signing keys and their rotation without a gap (R36).</summary>
internal static class DkimKeysCommand
{
    private static readonly Option<string?> Data = CommonOptions.Data();
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option<string?> PublicationSlug = new("--publication") { Description = "Slug of the publication; not needed where there is one." };
    private static readonly Option<string> Algorithm = DkimCommand.Algorithm();
    private static readonly Option<int> Bits = DkimCommand.Bits();
    private static readonly Option<string?> NewSelector = new("--selector") { Description = "Name of the key in DNS. Default: crank1, crank2 …" };
    private static readonly Argument<string> Selector = new("selector") { Description = "Name of the key in DNS, as 'dkim list' shows it." };
    private static readonly Option<bool> Unchecked = new("--unchecked") { Description = "Do not ask DNS whether the record is published." };
    private static readonly Option<string?> DnsServer = DkimCommand.DnsServer();

    public static Command CreateList()
    {
        var command = new Command("list", "Show a publication's keys and their records. Example: crankmailer dkim list") { PublicationSlug, Data, Json };
        command.SetAction(ListAsync);
        return command;
    }

    public static Command CreateNew()
    {
        var command = new Command("new", "Make a key that waits for its record to be published. Example: crankmailer dkim new") { NewSelector, Algorithm, Bits, PublicationSlug, Data, Json };
        command.SetAction(MakeAsync);
        return command;
    }

    public static Command CreateActivate()
    {
        var command = new Command("activate", "Sign with a key whose record is published, in place of the one before. Example: crankmailer dkim activate crank2") { Selector, Unchecked, DnsServer, PublicationSlug, Data, Json };
        command.SetAction(ActivateAsync);
        return command;
    }

    public static Command CreateRetire()
    {
        var command = new Command("retire", "Sign with a key no more. Example: crankmailer dkim retire crank1") { Selector, PublicationSlug, Data, Json };
        command.SetAction(RetireAsync);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var found = await KeysOf(host).ListAsync(await PublicationAsync(host, result, ct), ct);
        if (result.GetValue(Json)) Report.Write(found);
        else if (found.Count == 0) System.Console.Out.WriteLine("There is no key. Make one with 'crankmailer dkim new'.");
        else foreach (var key in found) System.Console.Out.WriteLine($"{key.Selector,-12} {StateOf(key),-9} {key.Algorithm,-15} {key.RecordName}{Removable(key)}");
        return ExitCodes.Done;
    }

    private static async Task<int> MakeAsync(ParseResult result, CancellationToken ct)
    {
        if (DkimCommand.FindAlgorithm(result.GetValue(Algorithm)) is not { } algorithm) return DkimCommand.RefuseAlgorithm();
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var answer = await KeysOf(host).MakeAsync(await PublicationAsync(host, result, ct), algorithm, result.GetValue(Bits), result.GetValue(NewSelector), null, ct);
        return Say(answer, result.GetValue(Json), done =>
        {
            System.Console.Out.WriteLine($"The key {done.Key.Selector} is made. It signs nothing until it is activated.");
            DkimCommand.PrintRecord(done.Key.RecordName, done.Key.Record, done.Key.RecordStrings);
            System.Console.Out.WriteLine($"Then: crankmailer dkim activate {done.Key.Selector}");
        });
    }

    private static async Task<int> ActivateAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var publication = await PublicationAsync(host, result, ct);
        var keys = KeysOf(host);
        var selector = result.GetRequiredValue(Selector);
        if (!result.GetValue(Unchecked) && (await keys.ListAsync(publication, ct)).LastOrDefault(k => k.Selector.Equals(selector, StringComparison.OrdinalIgnoreCase)) is { } key
            && await FindUnpublishedAsync(key, DkimCommand.Lookup(result.GetValue(DnsServer)), ct) is { } problem)
            return Report.Refuse($"{problem} Receivers could not check what the key signs, so the key before it goes on. Publish the record ('crankmailer dkim list --json' shows it whole); where you know that it is published, add --unchecked.");
        return Say(await keys.ActivateAsync(publication, selector, null, ct), result.GetValue(Json), done =>
        {
            System.Console.Out.WriteLine($"The key {done.Key.Selector} signs from now on (running processes take it within a minute).");
            if (done.Replaced is { } old) System.Console.Out.WriteLine($"{old.Selector} is retired. Leave its record {old.RecordName} published until {old.RemovableAt:yyyy-MM-dd}: mail that it signed is still on its way.");
        });
    }

    private static async Task<int> RetireAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var answer = await KeysOf(host).RetireAsync(await PublicationAsync(host, result, ct), result.GetRequiredValue(Selector), null, ct);
        return Say(answer, result.GetValue(Json), done => System.Console.Out.WriteLine($"The key {done.Key.Selector} signs no more. Leave its record {done.Key.RecordName} published until {done.Key.RemovableAt:yyyy-MM-dd}."));
    }

    private static async Task<string?> FindUnpublishedAsync(SigningKey key, DkimKeyLookup dns, CancellationToken ct)
    {
        try { return DkimKeyLookup.FindMismatch(key.RecordName, await dns.FindAsync(key.RecordName, ct), key.Record); }
        catch (DnsFailureException failure) { return failure.Message; }
    }

    private static int Say(SigningKeyAnswer answer, bool json, Action<SigningKeyAnswer.Done> tell)
    {
        if (answer is not SigningKeyAnswer.Done done) return Report.Refuse(((SigningKeyAnswer.Refused)answer).Text);
        if (json) Report.Write(done);
        else tell(done);
        return ExitCodes.Done;
    }

    private static SigningKeys KeysOf(CommandHost host) => host.Services.GetRequiredService<SigningKeys>();

    private static Task<int> PublicationAsync(CommandHost host, ParseResult result, CancellationToken ct) => SubscribersCommand.PublicationId(host.Db, result.GetValue(PublicationSlug), ct);

    private static string StateOf(SigningKey key) => key.State.ToString().ToLowerInvariant();

    private static string Removable(SigningKey key) => key.RemovableAt is { } until ? $" (its record may go on {until:yyyy-MM-dd})" : "";
}
