using System.CommandLine;
using CrankMailer.Mail.Dkim;

namespace CrankMailer.Commands;

/// <summary><c>dkim keygen</c>: a key for use elsewhere; <c>dkim new</c> makes one for a publication.</summary>
internal static class DkimKeygenCommand
{
    private static readonly Option<string> Algorithm = DkimCommand.Algorithm();
    private static readonly Option<int> Bits = DkimCommand.Bits();
    private static readonly Option<string?> KeyFile = new("--output", "-o") { Description = "File for the private key (PEM), readable by its owner only; must not exist. Default: standard output." };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("keygen", "Make a signing key and its DNS record, apart from any publication. Example: crankmailer dkim keygen -o key.pem") { Algorithm, Bits, KeyFile, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken ct)
    {
        var bits = result.GetValue(Bits);
        if (bits is < DkimKey.MinRsaBits or > DkimKey.MaxRsaBits) return Report.Refuse($"--bits must be {DkimKey.MinRsaBits} to {DkimKey.MaxRsaBits}.");
        if (DkimCommand.FindAlgorithm(result.GetValue(Algorithm)) is not { } algorithm) return DkimCommand.RefuseAlgorithm();
        if (!DkimKey.IsSupported(algorithm)) return Report.Refuse("ed25519 needs libcrypto (OpenSSL 3), which is not on this machine.");
        var file = result.GetValue(KeyFile);
        // A key that is overwritten is lost, and with it the mail it could have signed.
        if (File.Exists(file)) return Report.Refuse($"{file} exists already: name another file.");
        var key = DkimKey.Generate(algorithm, bits);
        if (file is not null) await WritePrivateAsync(file, key.ToPem(), ct);
        if (result.GetValue(Json)) Report.Write(new Made(result.GetValue(Algorithm) ?? "", file, file is null ? key.ToPem() : null, key.DnsRecord, key.DnsStrings));
        else if (file is null) System.Console.Out.WriteLine($"{key.ToPem()}\n{key.DnsRecord}");
        else System.Console.Out.WriteLine(key.DnsRecord);
        return ExitCodes.Done;
    }

    private static async Task WritePrivateAsync(string file, string pem, CancellationToken ct)
    {
        // Made anew, so that it never has the wider rights of an older file (R36).
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(file, options);
        await using var writer = new StreamWriter(stream);
        await writer.WriteAsync(pem.AsMemory(), ct);
    }

    private sealed record Made(string Algorithm, string? File, string? PrivateKey, string DnsRecord, IReadOnlyList<string> DnsStrings);
}
