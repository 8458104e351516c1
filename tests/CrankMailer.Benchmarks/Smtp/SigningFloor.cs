using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Benchmarks.Smtp;

/// <summary>What a signed message cannot do without: quoted-printable of its body, SHA-256 of that, an RSA-2048 signature. One thread, nothing sent.</summary>
internal sealed class SigningFloor : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly MessageBuffer _encoded = new();
    private readonly byte[] _body;

    public SigningFloor(int octets)
    {
        var body = new StringBuilder();
        while (body.Length < octets) body.Append("<p style=\"margin:0\">The harbour office counted more boats than ever; a café opened.</p>\n");
        _body = Encoding.UTF8.GetBytes(body.ToString(0, octets));
    }

    public SendFigures Measure(int messages)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> signature = stackalloc byte[256];
        var (cpu, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        for (var n = 0; n < messages; n++)
        {
            _encoded.Reset();
            QuotedPrintable.Encode(_encoded, _body);
            SHA256.HashData(_encoded.WrittenSpan, digest);
            _key.SignHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        return new SendFigures(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, messages, 0, 0);
    }

    public void Dispose()
    {
        _key.Dispose();
        _encoded.Dispose();
    }
}
