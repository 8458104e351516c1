using System.Buffers.Binary;
using System.Net;
using System.Text;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Dns;

/// <summary>Questions and answers on the wire (RFC 1035 4). Answers come from outside: every length and pointer is checked.</summary>
internal static class DnsMessage
{
    public const int MaxUdp = 1232; // what passes everywhere unfragmented (DNS flag day 2020); more comes over TCP

    private const int HeaderLength = 12;
    private const int MaxName = 255;

    public enum Verdict { Answer, NoSuchName, Truncated, Failure, NotForUs }

    /// <summary>A question with an EDNS record that allows <see cref="MaxUdp"/> octets.</summary>
    /// <exception cref="ArgumentException">The name cannot be asked for.</exception>
    public static byte[] Ask(ushort id, string name, DnsType type)
    {
        var question = new List<byte>(64) { (byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1 }; // recursion desired; one question, one additional
        foreach (var label in name.TrimEnd('.').Split('.'))
        {
            if (label.Length is 0 or > 63 || !Ascii.IsValid(label)) throw new ArgumentException($"\"{HeaderText.Clean(name)}\" is no domain name.", nameof(name));
            question.Add((byte)label.Length);
            question.AddRange(Encoding.ASCII.GetBytes(label));
        }
        if (question.Count - HeaderLength >= MaxName) throw new ArgumentException("The domain name is longer than 253 octets.", nameof(name));
        question.AddRange([0, 0, (byte)type, 0, 1]);
        question.AddRange([0, 0, 41, MaxUdp >> 8, MaxUdp & 255, 0, 0, 0, 0, 0, 0]);
        return [.. question];
    }

    /// <param name="asked">What was sent: an answer to anything else is a forgery or comes late.</param>
    public static Verdict Read(ReadOnlySpan<byte> message, ReadOnlySpan<byte> asked, DnsType type, out List<DnsRecord> records, out uint timeToLive)
    {
        (records, timeToLive) = ([], 0);
        if (message.Length < HeaderLength || !message[..2].SequenceEqual(asked[..2]) || (message[2] & 0x80) == 0) return Verdict.NotForUs;
        var code = message[3] & 15;
        var at = HeaderLength;
        var name = "";
        if (BinaryPrimitives.ReadUInt16BigEndian(message[4..]) == 1)
        {
            if (!TryReadName(message, ref at, out name) || at + 4 > message.Length || name != NameOf(asked) || BinaryPrimitives.ReadUInt16BigEndian(message[at..]) != (ushort)type) return Verdict.NotForUs;
            at += 4;
        }
        else if (code == 0) return Verdict.NotForUs;
        if (code == 3) return Verdict.NoSuchName;
        if (code != 0) return Verdict.Failure;
        if ((message[2] & 2) != 0) return Verdict.Truncated;
        return TryReadAnswers(message, at, name, type, records, out timeToLive) ? Verdict.Answer : Verdict.Failure;
    }

    private static bool TryReadAnswers(ReadOnlySpan<byte> message, int at, string name, DnsType type, List<DnsRecord> records, out uint timeToLive)
    {
        timeToLive = uint.MaxValue;
        for (var left = BinaryPrimitives.ReadUInt16BigEndian(message[6..]); left > 0; left--)
        {
            if (!TryReadName(message, ref at, out var owner) || at + 10 > message.Length) return false;
            var kind = (DnsType)BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            var life = BinaryPrimitives.ReadUInt32BigEndian(message[(at + 4)..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
            var data = at += 10;
            if ((at += length) > message.Length) return false;
            if (owner != name || (kind != type && kind != DnsType.Cname)) continue;
            timeToLive = Math.Min(timeToLive, life);
            if (FindRecord(message, data, length, kind) is not { } record) return false;
            if (kind == DnsType.Cname && type != DnsType.Cname) name = ((DnsRecord.Name)record).Host;
            else records.Add(record);
        }
        return true;
    }

    private static DnsRecord? FindRecord(ReadOnlySpan<byte> message, int at, int length, DnsType type)
    {
        var data = message.Slice(at, length);
        switch (type)
        {
            case DnsType.A when length == 4:
            case DnsType.Aaaa when length == 16:
                return new DnsRecord.Address(new IPAddress(data));
            case DnsType.Txt:
                return FindText(data) is { } text ? new DnsRecord.Text(text) : null;
            case DnsType.Mx when length > 2:
                at += 2;
                return TryReadName(message, ref at, out var host) ? new DnsRecord.Exchange(BinaryPrimitives.ReadUInt16BigEndian(data), host) : null;
            case DnsType.Ptr or DnsType.Cname:
                return TryReadName(message, ref at, out var target) ? new DnsRecord.Name(target) : null;
            default:
                return null;
        }
    }

    private static string? FindText(ReadOnlySpan<byte> data)
    {
        var text = new List<byte>(data.Length);
        while (!data.IsEmpty)
        {
            if (data[0] >= data.Length) return null;
            text.AddRange(data.Slice(1, data[0]));
            data = data[(data[0] + 1)..];
        }
        return Encoding.UTF8.GetString([.. text]);
    }

    private static string NameOf(ReadOnlySpan<byte> asked)
    {
        var at = HeaderLength;
        TryReadName(asked, ref at, out var name);
        return name;
    }

    /// <summary>Follows pointers only backwards, so that it ends.</summary>
    private static bool TryReadName(ReadOnlySpan<byte> message, ref int at, out string name)
    {
        name = "";
        var text = new StringBuilder();
        var (place, jumped) = (at, false);
        while (place < message.Length)
        {
            var length = message[place];
            if (length == 0)
            {
                if (!jumped) at = place + 1;
                name = text.ToString().TrimEnd('.');
                return true;
            }
            if (length >= 0xC0)
            {
                if (place + 1 >= message.Length) return false;
                var target = (length & 0x3F) << 8 | message[place + 1];
                if (target >= place) return false;
                if (!jumped) at = place + 2;
                (place, jumped) = (target, true);
                continue;
            }
            if (length > 63 || place + 1 + length > message.Length || text.Length + length > MaxName) return false;
            text.Append(Encoding.Latin1.GetString(message.Slice(place + 1, length)).ToLowerInvariant()).Append('.');
            place += 1 + length;
        }
        return false;
    }
}
