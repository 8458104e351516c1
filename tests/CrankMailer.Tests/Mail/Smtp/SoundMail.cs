using System.Text;
using CrankMailer.Mail.Dkim;

namespace CrankMailer.Tests.Mail.Smtp;

/// <summary>Judges what a real server stored: our own verifier, dkimpy and lint_eml.py must find nothing wrong with it.</summary>
internal static class SoundMail
{
    /// <param name="stored">As it lies in a mailbox, with LF.</param>
    public static async Task AssertAsync(byte[] stored, IReadOnlyList<DkimSigner> signers, CancellationToken ct)
    {
        ValueTask<string?> LookUp(string name, CancellationToken _) => ValueTask.FromResult(signers.FirstOrDefault(signer => signer.RecordName == name)?.Key.DnsRecord);
        var results = await new DkimVerifier(TimeProvider.System).VerifyAsync(stored, LookUp, ct);
        Assert.Equal(signers.Count, results.Count);
        Assert.All(results, result => Assert.Equal((DkimStatus.Pass, null), (result.Status, result.Problem)));

        var folder = Directory.CreateTempSubdirectory("crankmailer-stored").FullName;
        try
        {
            var message = Path.Combine(folder, "m.eml");
            await File.WriteAllBytesAsync(message, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(stored).ReplaceLineEndings("\r\n")), ct);
            foreach (var signer in signers) await File.WriteAllTextAsync(Path.Combine(folder, signer.RecordName), signer.Key.DnsRecord, ct);
            var (exit, output) = await Corpora.RunToolAsync("lint_eml.py", message);
            Assert.True(exit == 0, output);
            (exit, output) = await Corpora.RunToolAsync("verify_dkim.sh", message, folder);
            if (output.Contains("No module named", StringComparison.Ordinal)) Required.Missing("python3-dkim and python3-nacl");
            Assert.True(exit == 0, output);
            Assert.Equal(signers.Count, output.Split('\n').Count(line => line.StartsWith("PASS", StringComparison.Ordinal)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>RSA, and ed25519 where this machine can.</summary>
    public static IReadOnlyList<DkimSigner> NewSigners()
    {
        var rsa = new DkimSigner("example.org", "r1", DkimKey.Generate(DkimAlgorithm.RsaSha256));
        return DkimKey.IsSupported(DkimAlgorithm.Ed25519Sha256) ? [rsa, new DkimSigner("example.org", "e1", DkimKey.Generate(DkimAlgorithm.Ed25519Sha256))] : [rsa];
    }
}
