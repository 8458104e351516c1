using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Dkim;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Tests.Mail.Compose;

/// <summary>Composed messages before the independent judges: lint_eml.py and dkimpy.</summary>
public sealed class MessagePlanLintTests
{
    [Fact]
    public async Task A_campaign_message_has_no_fault_and_both_signatures_verify_elsewhere()
    {
        var rsa = new DkimSigner("example.org", "r1", DkimKey.Generate(DkimAlgorithm.RsaSha256));
        var signers = DkimKey.IsSupported(DkimAlgorithm.Ed25519Sha256) ? [rsa, new DkimSigner("example.org", "e1", DkimKey.Generate(DkimAlgorithm.Ed25519Sha256))] : new[] { rsa };
        var folder = Directory.CreateTempSubdirectory("crankmailer-lint").FullName;
        try
        {
            var message = Path.Combine(folder, "m.eml");
            using var buffer = new MessageBuffer();
            A.CampaignPlan().Write(buffer, A.Stamp("Jürgen Größe, der Ältere", "juergen@bücher.example"), new Values("Jürgen & <Co>", "tok123", "https://x.example/v/abc?d=.\n.\n"), signers);
            await File.WriteAllBytesAsync(message, buffer.Written, TestContext.Current.CancellationToken);
            var (exit, output) = await Corpora.RunToolAsync("lint_eml.py", message);
            Assert.True(exit == 0, output);
            Assert.DoesNotContain("WARN", output);

            foreach (var signer in signers) await File.WriteAllTextAsync(Path.Combine(folder, signer.RecordName), signer.Key.DnsRecord, TestContext.Current.CancellationToken);
            (exit, output) = await Corpora.RunToolAsync("verify_dkim.sh", message, folder);
            if (output.Contains("No module named", StringComparison.Ordinal)) Assert.Skip("python3-dkim or python3-nacl is absent.");
            Assert.True(exit == 0, output);
            Assert.Equal(signers.Length, output.Split('\n').Count(line => line.StartsWith("PASS", StringComparison.Ordinal)));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
