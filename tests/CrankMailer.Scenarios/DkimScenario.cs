using System.Security.Cryptography;
using System.Text.Json;
using CrankMailer.Model;
using CrankMailer.Tests.Mail.Dns;

namespace CrankMailer.Scenarios;

/// <summary>Signing keys from the command line (R30, R31, R36): made, published, activated, retired; and signatures checked.</summary>
public sealed class DkimScenario : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crankdkim").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_private_key_is_for_its_owner_only_and_never_overwritten()
    {
        var file = Path.Combine(_folder, "key.pem");
        var made = await RunAsync("dkim", "keygen", "--bits", "1024", "-o", file);
        Assert.True(made.Exit == 0, made.Err);
        Assert.StartsWith("v=DKIM1; k=rsa; p=", made.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", made.Out + made.Err);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        using var key = RSA.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(file, Ct));
        Assert.Equal(1024, key.KeySize);

        var again = await RunAsync("dkim", "keygen", "-o", file);
        Assert.Equal(1, again.Exit);
        Assert.Contains("exists already", again.Err);

        var json = JsonDocument.Parse((await RunAsync("dkim", "keygen", "--json")).Out).RootElement;
        Assert.Equal(json.GetProperty("dns_record").GetString(), string.Concat(json.GetProperty("dns_strings").EnumerateArray().Select(text => text.GetString())));
        Assert.All(json.GetProperty("dns_strings").EnumerateArray(), text => Assert.True(text.GetString()?.Length <= 255));
        Assert.Contains("BEGIN PRIVATE KEY", json.GetProperty("private_key").GetString());
        Assert.Equal(1, (await RunAsync("dkim", "keygen", "--bits", "512")).Exit);
        Assert.Equal(1, (await RunAsync("dkim", "keygen", "--algorithm", "dsa")).Exit);
    }

    [Fact]
    public async Task A_signature_is_checked_with_a_file_a_folder_or_DNS()
    {
        var (message, record) = await SignedAsync();
        var file = Path.Combine(_folder, "record.txt");
        await File.WriteAllTextAsync(file, string.Join(' ', record.Chunk(255).Select(chars => $"\"{new string(chars)}\"")), Ct); // as dig prints it
        var passed = await RunAsync("dkim", "verify", message, "--key", file);
        Assert.True(passed.Exit == 0, passed.Err);
        Assert.StartsWith("Pass d=example.org s=s1 a=rsa-sha256", passed.Out, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(_folder, "s1._domainkey.example.org"), record, Ct);
        Assert.Equal(0, (await RunAsync("dkim", "verify", message, "--key", _folder)).Exit);

        await using var dns = new DnsServer();
        var none = await RunAsync("dkim", "verify", message, "--dns", dns.Place.ToString());
        Assert.Equal(1, none.Exit);
        Assert.Contains("no key record at s1._domainkey.example.org", none.Out);
        dns.Records[("s1._domainkey.example.org", 16)] = [DnsServer.Text(record)];
        var json = await RunAsync("dkim", "verify", message, "--dns", dns.Place.ToString(), "--json");
        Assert.True(json.Exit == 0, json.Err);
        var result = Assert.Single(JsonDocument.Parse(json.Out).RootElement.EnumerateArray());
        Assert.Equal(("pass", "example.org", "s1"), (result.GetProperty("status").GetString(), result.GetProperty("domain").GetString(), result.GetProperty("selector").GetString()));

        await File.WriteAllTextAsync(message, (await File.ReadAllTextAsync(message, Ct)).Replace("Ports", "Forts", StringComparison.Ordinal), Ct);
        var changed = await RunAsync("dkim", "verify", message, "--key", file);
        Assert.Equal(1, changed.Exit);
        Assert.StartsWith("Fail d=example.org", changed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_checked_says_why()
    {
        var file = Path.Combine(_folder, "plain.eml");
        await File.WriteAllTextAsync(file, "From: a@b.test\r\n\r\nx\r\n", Ct);
        var unsigned = await RunAsync("dkim", "verify", file, "--key", file);
        Assert.Equal((1, "error: the message has no DKIM-Signature."), (unsigned.Exit, unsigned.Err.Trim()));
        Assert.Equal(1, (await RunAsync("dkim", "verify", "nowhere.eml")).Exit);
        Assert.Equal(1, (await RunAsync("dkim", "verify", file, "--key", "nowhere.txt")).Exit);
        Assert.Equal(2, (await RunAsync("dkim", "verify", file, "--dns", "nonsense")).Exit);
        Assert.Equal(2, (await RunAsync("dkim", "verify")).Exit);
    }

    [Fact]
    public async Task A_key_is_rotated_without_a_gap()
    {
        await using var place = await Place.CreateAsync(DatabaseEngine.Sqlite, readers: 0, relayPort: 9);
        Task<Ran> DkimAsync(params string[] arguments) => place.RunAsync(["dkim", .. arguments]);

        var made = await DkimAsync("new", "--bits", "1024");
        Assert.True(made.Exit == 0, made.Err);
        Assert.Contains("crank1._domainkey.", made.Out);
        var keys = JsonDocument.Parse((await DkimAsync("list", "--json")).Out).RootElement.EnumerateArray().ToList();
        Assert.Equal(["active", "new"], keys.Select(key => key.GetProperty("state").GetString()));
        var (name, record) = (keys[1].GetProperty("record_name").GetString() ?? "", keys[1].GetProperty("record").GetString() ?? "");

        await using var dns = new DnsServer();
        var early = await DkimAsync("activate", "crank1", "--dns", dns.Place.ToString());
        Assert.Equal(1, early.Exit);
        Assert.Contains($"no TXT record at {name}", early.Err);
        dns.Records[(name, 16)] = [DnsServer.Text(record[..^5])];
        Assert.Contains("another key", (await DkimAsync("activate", "crank1", "--dns", dns.Place.ToString())).Err);
        dns.Records[(name, 16)] = [DnsServer.Text(record)];
        var active = await DkimAsync("activate", "crank1", "--dns", dns.Place.ToString());
        Assert.True(active.Exit == 0, active.Err);
        Assert.Contains("until", active.Out);
        keys = [.. JsonDocument.Parse((await DkimAsync("list", "--json")).Out).RootElement.EnumerateArray()];
        Assert.Equal(["retired", "active"], keys.Select(key => key.GetProperty("state").GetString()));
        Assert.Equal(1, (await DkimAsync("retire", "crank1")).Exit);
        Assert.DoesNotContain("PRIVATE", made.Out + active.Out + (await DkimAsync("list")).Out, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A message signed by code of the framework alone.</summary>
    private async Task<(string File, string Record)> SignedAsync()
    {
        using var key = RSA.Create(2048);
        const string body = "Ports and cables.\r\n";
        var own = $"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=example.org; s=s1; h=from; bh={Convert.ToBase64String(SHA256.HashData("Ports and cables.\r\n"u8))}; b=";
        var signed = "from:ann@example.org\r\n" + own.Replace("DKIM-Signature: ", "dkim-signature:", StringComparison.Ordinal);
        var value = Convert.ToBase64String(key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var file = Path.Combine(_folder, "mail.eml");
        await File.WriteAllTextAsync(file, $"{own}{value}\r\nFrom: ann@example.org\r\n\r\n{body}", Ct);
        return (file, $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}");
    }

    private static Task<Ran> RunAsync(params string[] arguments) => CrankProcess.RunAsync([], arguments);
}
