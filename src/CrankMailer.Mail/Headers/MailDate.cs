using System.Globalization;

namespace CrankMailer.Mail.Headers;

/// <summary>The Date header: English names in every server culture, zone always +0000 (R14).</summary>
public static class MailDate
{
    /// <summary>Octets of every date this type writes.</summary>
    internal const int Length = 31;

    private const string Form = "ddd, dd MMM yyyy HH:mm:ss '+0000'";

    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    internal static int Format(DateTimeOffset instant, Span<byte> ascii) =>
        instant.UtcDateTime.TryFormat(ascii, out var written, Form, CultureInfo.InvariantCulture)
            ? written
            : throw new ArgumentException($"A date needs {Length} octets.", nameof(ascii));
}
