using System.CommandLine;
using CrankMailer.Mail.Dkim;
using CrankMailer.Mail.Dns;

namespace CrankMailer.Commands;

/// <summary><c>dkim …</c>: signing keys and signatures.</summary>
internal static class DkimCommand
{
    public static Command Create() => new("dkim", "Signing keys and signatures.")
    {
        DkimKeysCommand.CreateList(), DkimKeysCommand.CreateNew(), DkimKeysCommand.CreateActivate(), DkimKeysCommand.CreateRetire(),
        DkimKeygenCommand.Create(), DkimVerifyCommand.Create(),
    };

    public static Option<string> Algorithm() => new("--algorithm") { Description = "rsa or ed25519.", DefaultValueFactory = _ => "rsa" };

    public static Option<int> Bits() => new("--bits") { Description = "Size of an RSA key: 1024 to 4096.", DefaultValueFactory = _ => 2048 };

    public static Option<string?> DnsServer()
    {
        var option = new Option<string?>("--dns") { Description = "Name server to ask, such as 192.0.2.53. Default: this machine's." };
        option.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string?>() is { } server && DnsClient.FindServer(server) is null) given.AddError($"--dns: '{server}' is no address of a name server; write one such as 192.0.2.53 or [2001:db8::53]:5353.");
        });
        return option;
    }

    /// <summary>Keys as DNS holds them.</summary>
    public static DkimKeyLookup Lookup(string? server) =>
        new(new DnsClient(server is not null && DnsClient.FindServer(server) is { } place ? [place] : DnsClient.MachineServers(), TimeProvider.System));

    /// <returns>Null where it is no algorithm we sign with.</returns>
    public static DkimAlgorithm? FindAlgorithm(string? name) => name switch { "rsa" => DkimAlgorithm.RsaSha256, "ed25519" => DkimAlgorithm.Ed25519Sha256, _ => null };

    public static int RefuseAlgorithm() => Report.Refuse("--algorithm must be rsa or ed25519.");

    /// <summary>A record as a person enters it, in a form or in a zone file (strings of at most 255 octets, RFC 6376 3.6.2.2).</summary>
    public static void PrintRecord(string name, string value, IReadOnlyList<string> strings)
    {
        System.Console.Out.WriteLine($"Publish this TXT record:\n  name   {name}\n  value  {value}");
        System.Console.Out.WriteLine($"The same in a zone file:\n  {name}. IN TXT ( {string.Join(' ', strings.Select(text => $"\"{text}\""))} )");
    }
}
