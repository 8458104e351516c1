namespace CrankMailer.Mail.Mime;

/// <summary>Bounds on what is looked at in a hostile message; beyond them the rest is one opaque part.</summary>
public sealed record MimeLimits
{
    public int Depth { get; init; } = 16;

    public int Parts { get; init; } = 500;

    /// <summary>Header fields of one part.</summary>
    public int Headers { get; init; } = 1000;

    /// <summary>Octets of one header value; the rest is cut off.</summary>
    public int HeaderOctets { get; init; } = 64 * 1024;
}
