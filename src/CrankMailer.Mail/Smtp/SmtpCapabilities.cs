using System.Globalization;

namespace CrankMailer.Mail.Smtp;

/// <summary>What a server offers in its reply to EHLO; nothing after HELO.</summary>
public sealed record SmtpCapabilities
{
    public static readonly SmtpCapabilities None = new();

    public bool Pipelining { get; private init; }

    public bool EightBitMime { get; private init; }

    public bool SmtpUtf8 { get; private init; }

    public bool Dsn { get; private init; }

    public bool StartTls { get; private init; }

    public bool EnhancedStatusCodes { get; private init; }

    public bool Size { get; private init; }

    /// <summary>Octets; null where SIZE names no limit.</summary>
    public long? MaxSize { get; private init; }

    /// <summary>Upper-case names.</summary>
    public IReadOnlyList<string> AuthMechanisms { get; private init; } = [];

    /// <summary>LIMITS MAILMAX: transactions a session (RFC 9422, R74).</summary>
    public int? MailMax { get; private init; }

    /// <summary>LIMITS RCPTMAX: recipients a transaction; we have one.</summary>
    public int? RcptMax { get; private init; }

    /// <summary>LIMITS RCPTDOMAINMAX: recipient domains a session.</summary>
    public int? RcptDomainMax { get; private init; }

    public static SmtpCapabilities Parse(SmtpReply ehlo)
    {
        var found = None;
        // The first line is the server's name.
        foreach (var line in ehlo.Lines.Skip(1))
        {
            // "AUTH=LOGIN" is an old form that some servers still send beside the right one.
            var words = line.Replace("AUTH=", "AUTH ", StringComparison.OrdinalIgnoreCase).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) found = found.With(words[0].ToUpperInvariant(), words[1..]);
        }
        return found;
    }

    private SmtpCapabilities With(string keyword, string[] words) => keyword switch
    {
        "PIPELINING" => this with { Pipelining = true },
        "8BITMIME" => this with { EightBitMime = true },
        "SMTPUTF8" => this with { SmtpUtf8 = true },
        "DSN" => this with { Dsn = true },
        "STARTTLS" => this with { StartTls = true },
        "ENHANCEDSTATUSCODES" => this with { EnhancedStatusCodes = true },
        "SIZE" => this with { Size = true, MaxSize = words.Length > 0 && TryNumber(words[0], out var size) && size > 0 ? size : null },
        "AUTH" => this with { AuthMechanisms = [.. AuthMechanisms.Union(words.Select(word => word.ToUpperInvariant()))] },
        "LIMITS" => this with { MailMax = Limit(words, "MAILMAX"), RcptMax = Limit(words, "RCPTMAX"), RcptDomainMax = Limit(words, "RCPTDOMAINMAX") },
        _ => this,
    };

    private static int? Limit(string[] words, string name)
    {
        foreach (var word in words)
            if (word.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase) && TryNumber(word[(name.Length + 1)..], out var limit) && limit is > 0 and <= int.MaxValue)
                return (int)limit;
        return null;
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
