using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Benchmarks.Smtp;

/// <summary>
/// What a signed message cannot do without: quoted-printable of its body, SHA-256 of that, an RSA-2048 signature; nothing is sent. On as many threads as sign at
/// once in the sender, because two processors that share a core make each other slower, here as there.
/// </summary>
internal sealed class SigningFloor : IDisposable
{
    private readonly byte[] _body;
    private readonly RSA[] _keys;

    public SigningFloor(int octets, int connections)
    {
        _keys = [.. Enumerable.Range(0, Math.Min(connections, Environment.ProcessorCount)).Select(_ => RSA.Create(2048))];
        foreach (var key in _keys) key.ExportSubjectPublicKeyInfo(); // the key is made at its first use
        var body = new StringBuilder();
        while (body.Length < octets) body.Append("<p style=\"margin:0\">The harbour office counted more boats than ever; a café opened.</p>\n");
        _body = Encoding.UTF8.GetBytes(body.ToString(0, octets));
    }

    public SendFigures Measure(int messages)
    {
        var each = messages / _keys.Length;
        var (cpu, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        Parallel.ForEach(_keys, key => Sign(key, each));
        return new SendFigures(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, each * _keys.Length);
    }

    public void Dispose()
    {
        foreach (var key in _keys) key.Dispose();
    }

    private void Sign(RSA key, int messages)
    {
        using var encoded = new MessageBuffer();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> signature = stackalloc byte[256];
        for (var n = 0; n < messages; n++)
        {
            encoded.Reset();
            QuotedPrintable.Encode(encoded, _body);
            SHA256.HashData(encoded.WrittenSpan, digest);
            key.SignHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }
}
