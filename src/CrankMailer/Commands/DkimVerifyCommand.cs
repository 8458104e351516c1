using System.CommandLine;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary><c>dkim verify</c>: what each signature of a message is worth.</summary>
internal static class DkimVerifyCommand
{
    private static readonly Argument<string> Message = new("file") { Description = "A raw message (.eml); - for standard input." };
    private static readonly Option<string?> Key = new("--key") { Description = "File with the TXT value of the signer's key, or folder with one file for each, named SELECTOR._domainkey.DOMAIN. Default: DNS is asked." };
    private static readonly Option<string?> DnsServer = DkimCommand.DnsServer();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("verify", "Check every DKIM signature of a message. Example: crankmailer dkim verify mail.eml") { Message, Key, DnsServer, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var message = await ReadAsync(result.GetRequiredValue(Message), ct);
        var lookUp = result.GetValue(Key) is { } key ? Stored(key) : DkimCommand.Lookup(result.GetValue(DnsServer)).FindAsync;
        var signatures = await new DkimVerifier(TimeProvider.System).VerifyAsync(message, lookUp, ct);
        if (result.GetValue(Json)) Report.Write(signatures);
        else foreach (var one in signatures) Print(one);
        if (signatures.Count == 0) return Report.Refuse("the message has no DKIM-Signature.");
        return signatures.All(one => one.Status == DkimStatus.Pass) ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static void Print(DkimResult one)
    {
        System.Console.Out.WriteLine($"{one.Status} d={Shown(one.Domain)} s={Shown(one.Selector)} a={Shown(one.Algorithm)} {one.Problem}".TrimEnd());
        foreach (var note in one.Notes) System.Console.Out.WriteLine($"  note: {note}");
    }

    /// <summary>What stands in a stranger's signature must not steer the terminal, or fill it.</summary>
    private static string Shown(string text) => string.Concat(text.Take(300).Select(c => char.IsControl(c) ? '?' : c));

    private static async Task<byte[]> ReadAsync(string file, CancellationToken ct)
    {
        if (file != "-") return File.Exists(file) ? await File.ReadAllBytesAsync(file, ct) : throw Missing(file);
        using var all = new MemoryStream();
        await using var input = System.Console.OpenStandardInput();
        await input.CopyToAsync(all, ct);
        return all.ToArray();
    }

    private static Func<string, CancellationToken, ValueTask<string?>> Stored(string path)
    {
        if (!Path.Exists(path)) throw Missing(path);
        // The verifier asks for names of letters, digits, dots, hyphens and underscores only: they cannot leave the folder.
        return async (name, ct) =>
        {
            var file = Directory.Exists(path) ? Path.Combine(path, name) : path;
            return File.Exists(file) ? Unquote(await File.ReadAllTextAsync(file, ct)) : null;
        };
    }

    /// <summary>The value as a form takes it, or as a zone file or dig shows it: strings in quotes.</summary>
    private static string Unquote(string record)
    {
        var pieces = record.Split('"');
        return pieces.Length < 3 ? record.Trim() : string.Concat(pieces.Where((_, n) => n % 2 == 1));
    }

    private static ProblemException Missing(string file) => new([new Problem(Severity.Error, "unreadable-file", "there is no such file.", file)]);
}
