using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Compose;

/// <summary>One header, or a run of finished ones.</summary>
internal abstract record HeaderStep
{
    /// <summary>R15: what a value makes longer than this is cut off.</summary>
    private const int MaxText = 998;

    private static readonly HeaderName DateName = HeaderName.Create("Date");
    private static readonly HeaderName ToName = HeaderName.Create("To");
    private static readonly HeaderName MessageIdName = HeaderName.Create("Message-ID");

    private HeaderStep() { }

    public abstract void Write(MessageBuffer output, in MessageStamp stamp, IHoleValues values);

    public sealed record Finished(ReadOnlyMemory<byte> Octets) : HeaderStep
    {
        public override void Write(MessageBuffer output, in MessageStamp stamp, IHoleValues values) => output.Write(Octets.Span);
    }

    /// <summary>Date, To and Message-ID (R10, R11, R13, R14).</summary>
    public sealed record Stamp : HeaderStep
    {
        public override void Write(MessageBuffer output, in MessageStamp stamp, IHoleValues values)
        {
            Span<byte> date = stackalloc byte[MailDate.Length];
            HeaderWriter.WriteTokens(output, DateName, date[..MailDate.Format(stamp.Date, date)]);
            HeaderWriter.WriteMailbox(output, ToName, stamp.To);
            var id = output.Scratch;
            id.Advance(System.Text.Encoding.ASCII.GetBytes(stamp.Id.ToString(), id.GetSpan(512)));
            HeaderWriter.WriteTokens(output, MessageIdName, id.WrittenSpan);
        }
    }

    /// <summary>Free text with holes: what a value brings in of line breaks and control characters becomes spaces (R9).</summary>
    public sealed record Text(HeaderName Name, SegmentProgram Program) : HeaderStep
    {
        public override void Write(MessageBuffer output, in MessageStamp stamp, IHoleValues values)
        {
            var text = output.Scratch;
            Program.Write(text, values);
            HeaderOctets.Clean(text.MutableSpan);
            HeaderWriter.WriteText(output, Name, HeaderOctets.Cut(text.WrittenSpan, MaxText));
        }
    }

    /// <summary>URIs and tokens with holes; left out where they come to nothing. A value that is not plain ASCII is a bug of
    /// the caller and throws: such values are made by us, not by readers.</summary>
    public sealed record Tokens(HeaderName Name, SegmentProgram Program) : HeaderStep
    {
        public override void Write(MessageBuffer output, in MessageStamp stamp, IHoleValues values)
        {
            var text = output.Scratch;
            Program.Write(text, values);
            if (text.WrittenSpan.Trim((byte)' ').IsEmpty) return;
            HeaderWriter.WriteTokens(output, Name, text.WrittenSpan);
        }
    }
}
