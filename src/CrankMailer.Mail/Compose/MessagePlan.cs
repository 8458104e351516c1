using System.Buffers;
using CrankMailer.Mail.Dkim;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Compose;

/// <summary>A message composed once and copied for each recipient: headers and parts are encoded octets with holes, and only
/// the holes are evaluated and encoded per recipient. Immutable; for any number of threads at once, each with its own buffer.
/// Same stamp and values give the same octets (R25).</summary>
public sealed class MessagePlan
{
    private readonly IReadOnlyList<HeaderStep> headers;
    private readonly IReadOnlyList<BodyStep> body;

    internal MessagePlan(IReadOnlyList<HeaderStep> headers, IReadOnlyList<BodyStep> body) => (this.headers, this.body) = (headers, body);

    /// <summary>Writes one recipient's message, replacing what the buffer held, and puts a DKIM-Signature for each signer in
    /// front (R30, R31).</summary>
    public void Write(MessageBuffer buffer, in MessageStamp stamp, IHoleValues values, IReadOnlyList<DkimSigner> signers)
    {
        buffer.Reset();
        foreach (var step in headers) step.Write(buffer, stamp, values);
        var headerLength = buffer.Length;
        buffer.Write("\r\n"u8);
        foreach (var step in body) step.Write(buffer, values);
        if (signers.Count > 0) DkimSigning.Sign(buffer, headerLength, signers, stamp.Date);
    }

    /// <summary>The same without signatures, for previews and files.</summary>
    public void Write(IBufferWriter<byte> output, in MessageStamp stamp, IHoleValues values)
    {
        using var buffer = new MessageBuffer();
        Write(buffer, stamp, values, []);
        output.Write(buffer.WrittenSpan);
    }
}
