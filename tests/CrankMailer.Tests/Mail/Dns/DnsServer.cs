using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CrankMailer.Tests.Mail.Dns;

/// <summary>A name server on loopback, over UDP and TCP, that answers what the test says.</summary>
internal sealed class DnsServer : IAsyncDisposable
{
    private readonly Socket udp;
    private readonly TcpListener tcp;
    private readonly CancellationTokenSource stop = new();
    private readonly Task[] loops;

    public DnsServer()
    {
        (udp, tcp) = Bind();
        Place = (IPEndPoint)udp.LocalEndPoint!;
        loops = [RunUdpAsync(), RunTcpAsync()];
    }

    public IPEndPoint Place { get; }

    /// <summary>By name and type number: the data of the records, without anything around it.</summary>
    public Dictionary<(string Name, int Type), byte[][]> Records { get; } = [];

    /// <summary>What is done to an answer before it leaves over UDP; null lets it fall.</summary>
    public Func<byte[], byte[]?> Udp { get; set; } = answer => answer;

    public int Questions { get; private set; }

    /// <summary>TXT in strings of 255.</summary>
    public static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text).Chunk(255).SelectMany(chunk => (byte[])[(byte)chunk.Length, .. chunk])];

    public static byte[] Name(string name) => [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        tcp.Stop();
        udp.Dispose();
        foreach (var loop in loops) await loop;
        stop.Dispose();
    }

    /// <summary>One port for both: what is free for datagrams may be taken for connections.</summary>
    private static (Socket, TcpListener) Bind()
    {
        for (var tries = 0; ; tries++)
        {
            var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var tcp = new TcpListener((IPEndPoint)udp.LocalEndPoint!);
            try
            {
                tcp.Start();
                return (udp, tcp);
            }
            catch (SocketException) when (tries < 100)
            {
                udp.Dispose();
            }
        }
    }

    private async Task RunUdpAsync()
    {
        var question = new byte[4096];
        try
        {
            while (true)
            {
                var got = await udp.ReceiveFromAsync(question, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), stop.Token);
                if (Udp(Answer(question.AsSpan(0, got.ReceivedBytes), 1232)) is { } answer) await udp.SendToAsync(answer, SocketFlags.None, got.RemoteEndPoint, stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException) { } // stopped
    }

    private async Task RunTcpAsync()
    {
        try
        {
            while (true)
            {
                using var client = await tcp.AcceptSocketAsync(stop.Token);
                await using var stream = new NetworkStream(client);
                var prefix = new byte[2];
                await stream.ReadExactlyAsync(prefix, stop.Token);
                var question = new byte[prefix[0] << 8 | prefix[1]];
                await stream.ReadExactlyAsync(question, stop.Token);
                var answer = Answer(question, 65535);
                await stream.WriteAsync((byte[])[(byte)(answer.Length >> 8), (byte)answer.Length, .. answer], stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or SocketException or IOException) { } // stopped
    }

    private byte[] Answer(ReadOnlySpan<byte> question, int most)
    {
        Questions++;
        var at = 12;
        var name = "";
        while (question[at] != 0)
        {
            name += (name.Length == 0 ? "" : ".") + Encoding.ASCII.GetString(question.Slice(at + 1, question[at]));
            at += question[at] + 1;
        }
        var type = question[at + 1] << 8 | question[at + 2];
        var asked = question[12..(at + 5)];
        var known = Records.Keys.Any(key => key.Name == name);
        var answers = new List<byte[]>();
        Add(answers, Records, name, type);
        byte[] head = [question[0], question[1], 0x81, (byte)(known ? 0x80 : 0x83), 0, 1, 0, (byte)answers.Count, 0, 0, 0, 0];
        byte[] whole = [.. head, .. asked, .. answers.SelectMany(answer => answer)];
        if (whole.Length <= most) return whole;
        head[2] |= 2;
        head[7] = 0;
        return [.. head, .. asked];
    }

    private static void Add(List<byte[]> answers, Dictionary<(string, int), byte[][]> records, string name, int type)
    {
        foreach (var data in records.GetValueOrDefault((name, type)) ?? [])
            answers.Add([.. Name(name), 0, (byte)type, 0, 1, 0, 0, 1, 44, (byte)(data.Length >> 8), (byte)data.Length, .. data]);
        if (type == 5 || records.GetValueOrDefault((name, 5)) is not [var alias]) return;
        answers.Add([.. Name(name), 0, 5, 0, 1, 0, 0, 1, 44, 0, (byte)alias.Length, .. alias]);
        var target = "";
        for (var at = 0; alias[at] != 0; at += alias[at] + 1) target += (at == 0 ? "" : ".") + Encoding.ASCII.GetString(alias, at + 1, alias[at]);
        Add(answers, records, target, type);
    }
}
