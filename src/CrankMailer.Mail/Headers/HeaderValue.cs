using System.Diagnostics.CodeAnalysis;

namespace CrankMailer.Mail.Headers;

/// <summary>The value of a header, unfolded and not yet encoded. It cannot hold CR, LF, NUL or any other control
/// character but TAB, so no header can be injected through it (R2, R9).</summary>
public sealed record HeaderValue
{
    /// <summary>R15: receivers refuse a single value above 32 KB.</summary>
    public const int MaxOctets = 32 * 1024;

    private HeaderValue(string value) => Value = value;

    public string Value { get; }

    public static HeaderValue Create(string value) =>
        TryCreate(value, out var made, out var problem) ? made : throw new ArgumentException(problem, nameof(value));

    public static bool TryCreate(string value, [NotNullWhen(true)] out HeaderValue? made, [NotNullWhen(false)] out string? problem)
    {
        made = null;
        problem = null;
        if (HeaderText.HasControl(value))
            problem = "A header value may not hold line breaks, NUL or other control characters. Take them out.";
        else if (System.Text.Encoding.UTF8.GetByteCount(value) > MaxOctets)
            problem = $"A header value may not be longer than {MaxOctets} octets.";
        else
            made = new HeaderValue(value);
        return made is not null;
    }

    /// <summary>The value with every run of forbidden characters turned into one space: for text that is shown, such as a
    /// subscriber's name in a subject, where stripping is kinder than refusing (R9).</summary>
    public static HeaderValue Clean(string value) => new(HeaderText.Clean(value));

    public override string ToString() => Value;
}
