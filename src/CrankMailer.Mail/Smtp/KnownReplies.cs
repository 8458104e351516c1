using System.Buffers;

namespace CrankMailer.Mail.Smtp;

/// <summary>The replies of one line that came on a connection before, by their octets: a server says the same few things of every message, and making their
/// texts anew is most of what reading them costs.</summary>
internal sealed class KnownReplies
{
    private const int MaxOctets = 160;

    /// <summary>By length: what differs only in a queue id takes one place.</summary>
    private readonly (byte[] Octets, SmtpReply Reply)?[] places = new (byte[], SmtpReply)?[MaxOctets + 1];

    /// <summary>On success the buffer begins behind the reply.</summary>
    public SmtpReply? Take(ref ReadOnlySequence<byte> buffer)
    {
        var arrived = buffer.FirstSpan;
        var length = arrived[..Math.Min(arrived.Length, MaxOctets)].IndexOf((byte)'\n') + 1;
        if (places[length] is not { } known || !arrived[..length].SequenceEqual(known.Octets)) return null;
        buffer = buffer.Slice(length);
        return known.Reply;
    }

    /// <param name="octets">All of the reply.</param>
    public void Keep(ReadOnlySequence<byte> octets, SmtpReply reply)
    {
        if (reply.Lines.Count == 1 && octets.Length <= MaxOctets) places[octets.Length] = (octets.ToArray(), reply);
    }
}
