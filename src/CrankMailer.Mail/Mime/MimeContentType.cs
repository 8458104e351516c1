namespace CrankMailer.Mail.Mime;

/// <summary>A Content-Type: media type in lower case and its parameters.</summary>
public sealed class MimeContentType
{
    private readonly MimeParameters parameters;

    private MimeContentType(string mediaType, MimeParameters parameters) => (MediaType, this.parameters) = (mediaType, parameters);

    /// <summary>Such as text/html; lower case.</summary>
    public string MediaType { get; }

    public bool IsMultipart => MediaType.StartsWith("multipart/", StringComparison.Ordinal);

    public bool IsText => MediaType.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>Decoded (RFC 2231); null where absent.</summary>
    public string? Parameter(string name) => parameters.Find(name);

    internal static MimeContentType Parse(string value, string fallback)
    {
        var (type, parameters) = MimeParameters.Parse(value);
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        // RFC 2045 5.2: what cannot be read is text.
        return new MimeContentType(slash > 0 && slash < type.Length - 1 ? type.ToLowerInvariant() : fallback, parameters);
    }
}
