using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace CrankMailer.Mail.Compose;

/// <summary>type/subtype of RFC 2045 5.1, without parameters.</summary>
public sealed record MediaType
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`{|}~");

    private MediaType(string value) => Value = value;

    public string Value { get; }

    public bool IsText => Value.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>Made of other parts or messages (RFC 2046 5).</summary>
    public bool IsComposite => Value.StartsWith("multipart/", StringComparison.Ordinal) || Value.StartsWith("message/", StringComparison.Ordinal);

    public static MediaType Create(string value) =>
        TryCreate(value, out var made) ? made : throw new ArgumentException($"'{HeaderSafe(value)}' is no media type; write type/subtype, for example image/png.", nameof(value));

    public static bool TryCreate(string value, [NotNullWhen(true)] out MediaType? made)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        var valid = slash > 0 && slash < value.Length - 1 && value.Length <= 127
            && !value.AsSpan(0, slash).ContainsAnyExcept(TokenCharacters) && !value.AsSpan(slash + 1).ContainsAnyExcept(TokenCharacters);
        made = valid ? new MediaType(value.ToLowerInvariant()) : null;
        return valid;
    }

    public override string ToString() => Value;

    private static string HeaderSafe(string value) => Headers.HeaderText.Clean(value.Length > 80 ? value[..80] : value);
}
