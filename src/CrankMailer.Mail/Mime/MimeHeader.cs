namespace CrankMailer.Mail.Mime;

/// <summary>One header field, unfolded.</summary>
/// <param name="Raw">The value as it came, in the best reading of its octets; encoded words not decoded.</param>
public sealed record MimeHeader(string Name, string Raw)
{
    /// <summary>The value as a reader sees it: encoded words decoded (RFC 2047).</summary>
    public string Value => EncodedText.Decode(Raw);
}
