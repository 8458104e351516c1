namespace CrankMailer.Model.Operations;

/// <summary>A mail caught in capture mode, readable at <c>/outbox</c>.</summary>
public sealed class CapturedMail
{
    public long Id { get; set; }
    public DateTimeOffset At { get; set; }
    public string EnvelopeFrom { get; set; } = "";
    public string EnvelopeTo { get; set; } = "";
    public string Subject { get; set; } = "";

    /// <summary>Size of the raw message, octets.</summary>
    public int Size { get; set; }

    /// <summary>The raw message, Brotli-compressed.</summary>
    public byte[] Raw { get; set; } = [];
}
