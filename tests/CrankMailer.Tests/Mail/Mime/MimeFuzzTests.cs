using System.Diagnostics;
using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Mime;

namespace CrankMailer.Tests.Mail.Mime;

/// <summary>Whatever comes in by mail is read without an exception, in little time and with little memory (R100).</summary>
public sealed class MimeFuzzTests
{
    private static readonly byte[][] Samples = [.. OurOwn(), .. Reports()];

    [Fact]
    public void Torn_messages_of_our_own_never_throw() => Seeds.Try(3000, random => Use(Tear(Samples[random.Next(Samples.Length)], random)));

    [Fact]
    public void Torn_bounces_of_the_corpus_never_throw()
    {
        var files = Directory.GetFiles(Corpora.Get("bounces"), "*.eml").Order(StringComparer.Ordinal).ToArray();
        Seeds.Try(1500, random => Use(Tear(File.ReadAllBytes(files[random.Next(files.Length)]), random)));
    }

    [Fact]
    public void Noise_never_throws() => Seeds.Try(2000, random =>
    {
        const string alphabet = "\r\n\r\n:;=?-\"<>()@ \t\0\\BQbq,*'%ab=?utf-8?q?Content-Type: multipart/mixed; boundary=b\r\n--b";
        var noise = new byte[random.Next(3000)];
        if (random.Next(2) == 0) random.NextBytes(noise);
        else for (var i = 0; i < noise.Length; i++) noise[i] = (byte)alphabet[random.Next(alphabet.Length)];
        Use(noise);
    });

    [Fact]
    public void Noise_in_every_charset_never_throws()
    {
        var names = CodePagesEncodingProvider.Instance.GetEncodings().Concat(Encoding.GetEncodings()).Select(encoding => encoding.Name)
            .Concat(["iso-2022-jp", "iso-2022-jp-ms", "cp50221", "iso-2022-kr", "hz-gb-2312", "x-unknown", "utf-7", "unicode-1-1-utf-7", "utf-16", "utf-32be", "", "\"", "a*b", new string('x', 5000)]).Distinct().ToArray();
        Assert.True(names.Length > 100, "the code pages are there");
        Seeds.Try(20, random =>
        {
            foreach (var name in names)
            {
                var body = new byte[random.Next(200)];
                random.NextBytes(body);
                // Escape sequences switch the state of the ISO-2022 family.
                for (var i = 0; i + 3 < body.Length; i += random.Next(4, 20)) "\u001b$B"u8.CopyTo(body.AsSpan(i));
                Use([.. Encoding.UTF8.GetBytes($"Subject: =?{name}?B?{Convert.ToBase64String(body)}?=\r\nContent-Type: text/plain; charset=\"{name}\"\r\nContent-Disposition: attachment; filename*={name}''%ff%1b$B\r\n\r\n"), .. body]);
            }
        });
    }

    [Fact]
    public void What_is_endless_costs_little_time_and_memory()
    {
        // ASCII but for one octet: the worst of both ways of reading a header.
        Bounded("a line of 100 MB", 8, () => [.. "Subject: é"u8, .. Filled('a', 100_000_000)], message => _ = message.Subject);
        Bounded("a name of 100 MB", 8, () => [.. "Subject: x\r\n"u8, .. Filled('a', 100_000_000), .. ": y\r\n\r\n"u8], message => _ = message.Subject);
        Bounded("a million headers", 8, () => Repeated("X-Header: value\r\n", 1_000_000), message => _ = message.Headers.Count);
        Bounded("a header folded a million times", 8, () => [.. "Subject: x\r\n"u8, .. Repeated(" y\r\n", 1_000_000)], message => _ = message.Subject);
        Bounded("a million boundaries", 16, () => [.. "Content-Type: multipart/mixed; boundary=b\r\n\r\n"u8, .. Repeated("--b\r\n\r\n", 1_000_000)], message => _ = message.TextBody);
        Bounded("nesting of 100,000", 16, () => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 100_000).Select(n => $"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))), message => _ = message.Root.All().Count());
        Bounded("messages in messages", 16, () => Repeated("Content-Type: message/rfc822\r\n\r\n", 300_000), message => _ = message.Root.All().Count());
        Bounded("encoded words never closed", 8, () => [.. "Subject: "u8, .. Repeated("=?a?Q?x", 3_000_000)], message => _ = message.Subject);
        Bounded("parameters without end", 32, () => [.. "Content-Type: text/plain"u8, .. Repeated("; a=b", 3_000_000)], message => _ = message.Root.ContentType.Parameter("z"));
        Bounded("addresses without end", 32, () => [.. "From: "u8, .. Repeated("a@b.test,", 3_000_000)], message => _ = AddressList.Parse(message.Headers.FindRaw("From") ?? ""));
    }

    [Fact]
    public void Encoded_messages_in_encoded_messages_cost_no_more_than_a_few_times_their_size()
    {
        var inner = Filled('x', 5_000_000);
        for (var n = 0; n < 16; n++) inner = [.. "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"u8, .. inner];
        Bounded("16 levels of quoted-printable", 30, () => inner, message => _ = message.Root.All().Count());
    }

    private static void Bounded(string what, int megabytes, Func<byte[]> make, Action<MimeMessage> use)
    {
        var raw = make();
        use(MimeMessage.Parse("Subject: warm\r\n\r\n"u8.ToArray()));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        use(MimeMessage.Parse(raw));
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 1_000_000;
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{what}: {watch.Elapsed}");
        Assert.True(allocated <= megabytes, $"{what}: {allocated} MB allocated");
    }

    private static byte[] Filled(char c, int length)
    {
        var octets = new byte[length];
        octets.AsSpan().Fill((byte)c);
        return octets;
    }

    private static byte[] Repeated(string text, int times)
    {
        var piece = Encoding.ASCII.GetBytes(text);
        var octets = new byte[piece.Length * times];
        for (var n = 0; n < times; n++) piece.CopyTo(octets, n * piece.Length);
        return octets;
    }

    private static IEnumerable<byte[]> OurOwn()
    {
        using var buffer = new MessageBuffer();
        A.CampaignPlan().Write(buffer, A.Stamp("Größe, \"Jo\""), new Values("Jürgen", "tok", "https://x.example/"), []);
        yield return buffer.WrittenSpan.ToArray();
        A.Builder(text: [PlanSegment.Text("Новости порта.")]).Attach("日本語.csv", "text/csv", "a;ü"u8.ToArray()).Build().Write(buffer, A.Stamp(), NoHoleValues.Instance, []);
        yield return buffer.WrittenSpan.ToArray();
        yield return Encoding.UTF8.GetBytes("From: =?iso-2022-jp?B?GyRCJDMkcyRL?= <a@b.test>\r\nContent-Type: multipart/mixed; boundary=b; x*0*=utf-8''%C3; x*1=z\r\n\r\n--b\r\nContent-Type: text/html; charset=iso-2022-jp\r\nContent-Transfer-Encoding: base64\r\n\r\nGyRCJDMkcyRLJEEkTxsoQg==\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSubject: =?gb18030?Q?=81=30=\r\n\r\n=E4\r\n--b--\r\n");
    }

    private static IEnumerable<byte[]> Reports() =>
        Directory.Exists(ReportsFolder) ? Directory.GetFiles(ReportsFolder, "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : [];

    private static string ReportsFolder => Path.Combine(AppContext.BaseDirectory, "Feedback", "cases", "reports");

    private static byte[] Tear(byte[] sample, Random random)
    {
        var torn = sample.ToList();
        for (var n = random.Next(1, 20); n > 0 && torn.Count > 0; n--)
        {
            var at = random.Next(torn.Count);
            switch (random.Next(5))
            {
                case 0: torn[at] = (byte)random.Next(256); break;
                case 1: torn[at] = "\r\n;=?-\"\0\x1b(<>:*'%"u8[random.Next(15)]; break;
                case 2: torn.RemoveRange(at, random.Next(Math.Min(200, torn.Count - at) + 1)); break;
                case 3: torn.InsertRange(at, torn.GetRange(at / 2, Math.Min(random.Next(300), torn.Count - at / 2))); break;
                default: torn.InsertRange(at, "\r\n\r\n--\r\nContent-Type: multipart/mixed; boundary=\"\"\r\n=?"u8[random.Next(40)..].ToArray()); break;
            }
        }
        return [.. torn];
    }

    private static void Use(byte[] raw)
    {
        var message = MimeMessage.Parse(raw);
        _ = message.Subject + message.TextBody + message.HtmlBody;
        foreach (var part in message.Root.All()) _ = part.DecodeText() + part.FileName + part.ContentId + part.IsAttachment + string.Concat(part.Headers.Select(header => header.Value));
        _ = message.Attachments.Count();
        foreach (var name in new[] { "From", "To", "Cc", "Reply-To" }) _ = AddressList.Parse(message.Headers.FindRaw(name) ?? "");
    }
}
