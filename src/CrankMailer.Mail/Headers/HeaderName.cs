using System.Diagnostics.CodeAnalysis;

namespace CrankMailer.Mail.Headers;

/// <summary>A header field name: printable ASCII without colon (RFC 5322 2.2).</summary>
public sealed record HeaderName
{
    /// <summary>RFC 5322 sets no limit; longer than this leaves no room for a value on a 78 column line.</summary>
    private const int MaxLength = 60;

    private HeaderName(string value) => Value = value;

    public string Value { get; }

    public static HeaderName Create(string value) =>
        TryCreate(value, out var name, out var problem) ? name : throw new ArgumentException(problem, nameof(value));

    public static bool TryCreate(string value, [NotNullWhen(true)] out HeaderName? name, [NotNullWhen(false)] out string? problem)
    {
        name = null;
        problem = null;
        if (value.Length is 0 or > MaxLength)
            problem = $"A header name has 1 to {MaxLength} characters.";
        else if (value.AsSpan().ContainsAnyExceptInRange('!', '~') || value.Contains(':'))
            problem = "A header name holds printable ASCII without colon only.";
        else
            name = new HeaderName(value);
        return name is not null;
    }

    public bool Equals(HeaderName? other) => other is not null && Value.Equals(other.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Value;
}
