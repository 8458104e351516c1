using System.CommandLine;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary><c>dkim keygen</c> and <c>dkim verify</c>.</summary>
internal static class DkimCommand
{
    private static readonly Option<string> Algorithm = new("--algorithm") { Description = "rsa or ed25519.", DefaultValueFactory = _ => "rsa" };
    private static readonly Option<int> Bits = new("--bits") { Description = "Size of an RSA key: 1024 to 4096.", DefaultValueFactory = _ => 2048 };
    private static readonly Option<string?> KeyFile = new("--output", "-o") { Description = "File for the private key (PEM), readable by its owner only. Default: standard output." };
    private static readonly Argument<string> Message = new("file") { Description = "A raw message (.eml)." };
    private static readonly Option<string> KeyRecord = new("--key") { Description = "File with the TXT record of the signer's selector.", Required = true };

    public static Command Create()
    {
        var generate = new Command("keygen", "Make a signing key and its DNS record. Example: crankmailer dkim keygen -o key.pem") { Algorithm, Bits, KeyFile };
        generate.SetAction(GenerateAsync);
        var verify = new Command("verify", "Check the signatures of a message. Example: crankmailer dkim verify mail.eml --key record.txt") { Message, KeyRecord };
        verify.SetAction(VerifyAsync);
        return new Command("dkim", "Signing keys and signatures.") { generate, verify };
    }

    private static async Task<int> GenerateAsync(ParseResult result, CancellationToken ct)
    {
        var bits = result.GetValue(Bits);
        if (bits is < DkimKey.MinRsaBits or > DkimKey.MaxRsaBits) return Report.Refuse($"--bits must be {DkimKey.MinRsaBits} to {DkimKey.MaxRsaBits}.");
        DkimAlgorithm? algorithm = result.GetValue(Algorithm) switch { "rsa" => DkimAlgorithm.RsaSha256, "ed25519" => DkimAlgorithm.Ed25519Sha256, _ => null };
        if (algorithm is not { } chosen) return Report.Refuse("--algorithm must be rsa or ed25519.");
        if (!DkimKey.IsSupported(chosen)) return Report.Refuse("ed25519 needs libcrypto (OpenSSL 3), which is not on this machine.");
        var key = DkimKey.Generate(chosen, bits);
        if (result.GetValue(KeyFile) is { } file) await WritePrivateAsync(file, key.ToPem(), ct);
        else System.Console.Out.WriteLine(key.ToPem());
        System.Console.Out.WriteLine(key.DnsRecord);
        return ExitCodes.Done;
    }

    private static async Task<int> VerifyAsync(ParseResult result, CancellationToken ct)
    {
        var file = result.GetRequiredValue(Message);
        if (!File.Exists(file)) throw new ProblemException([new Problem(Severity.Error, "unreadable-file", "there is no such file.", file)]);
        var record = (await InputText.ReadAsync(result.GetRequiredValue(KeyRecord), ct)).Text.Trim();
        var results = await new DkimVerifier(TimeProvider.System).VerifyAsync(await File.ReadAllBytesAsync(file, ct), (_, _) => ValueTask.FromResult<string?>(record), ct);
        if (results.Count == 0) return Report.Refuse("the message has no DKIM-Signature.");
        foreach (var one in results) System.Console.Out.WriteLine($"{one.Status} d={one.Domain} s={one.Selector} a={one.Algorithm} {one.Problem}".TrimEnd());
        return results.All(r => r.Status == DkimStatus.Pass) ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static async Task WritePrivateAsync(string file, string pem, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // R36
        await using var stream = new FileStream(file, options);
        await using var writer = new StreamWriter(stream);
        await writer.WriteAsync(pem.AsMemory(), ct);
    }
}
