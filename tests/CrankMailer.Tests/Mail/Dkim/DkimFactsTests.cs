using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Dkim;

namespace CrankMailer.Tests.Mail.Dkim;

/// <summary>Signatures made by an independent signer, and the vectors of the RFCs.</summary>
public sealed class DkimFactsTests
{
    [Fact]
    public async Task Every_fact_is_signed_to_the_same_bytes_and_verifies() // R35
    {
        var folder = Corpora.Get("dkim", "facts");
        var key = DkimKey.FromPem(File.ReadAllText(Path.Combine(folder, "private.pem")));
        var record = File.ReadAllText(Path.Combine(folder, "dns.txt")).Trim();
        Assert.Equal(record, key.DnsRecord);
        var rows = File.ReadAllLines(Path.Combine(folder, "facts.tsv")).Skip(1).Select(line => line.Split('\t')).ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var signed = File.ReadAllBytes(Path.Combine(folder, row[0]));
            var unsigned = File.ReadAllBytes(Path.Combine(folder, row[0].Split('.')[0] + ".unsigned.eml"));
            var signer = new DkimSigner("crank.test", "s1", key)
            {
                HeaderForm = Enum.Parse<DkimCanonicalization>(row[1]), BodyForm = Enum.Parse<DkimCanonicalization>(row[2]),
                SignedHeaders = row[3].ToLowerInvariant().Split(':'), OverSigned = [],
            };
            using var buffer = new MessageBuffer();
            buffer.Write(unsigned);
            DkimSigning.Sign(buffer, HeaderFields.BlockLength(unsigned), [signer], DateTimeOffset.FromUnixTimeSeconds(long.Parse(row[4])));
            Assert.Equal(Encoding.Latin1.GetString(signed), Encoding.Latin1.GetString(buffer.WrittenSpan));

            var results = await new DkimVerifier(TimeProvider.System).VerifyAsync(signed, (_, _) => ValueTask.FromResult<string?>(record), TestContext.Current.CancellationToken);
            Assert.Equal(DkimStatus.Pass, Assert.Single(results).Status);
        }
    }

    [Theory]
    [InlineData("rfc6376-a2.eml", 1)]
    [InlineData("rfc8463-a3.eml", 2)]
    public async Task The_vectors_of_the_RFCs_verify(string file, int signatures)
    {
        var message = File.ReadAllBytes(Corpora.Get("dkim", "vectors", file));
        ValueTask<string?> LookUp(string name, CancellationToken ct)
        {
            var record = Corpora.Get("dkim", "keys", name);
            return ValueTask.FromResult<string?>(File.ReadAllText(record).Trim());
        }
        var results = await new DkimVerifier(TimeProvider.System).VerifyAsync(message, LookUp, TestContext.Current.CancellationToken);
        Assert.Equal(signatures, results.Count);
        Assert.All(results, result => Assert.Null(result.Problem));
    }
}
