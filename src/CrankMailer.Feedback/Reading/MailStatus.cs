using System.Text.RegularExpressions;

namespace CrankMailer.Feedback.Reading;

/// <summary>Enhanced status codes in fields, also where comments and words stand around them (RFC 3463).</summary>
internal static partial class MailStatus
{
    public static string? Find(string? field) => field is not null && Code().Match(field) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"(?<![\w.])[245]\.\d{1,3}\.\d{1,3}(?![\w.])")]
    private static partial Regex Code();
}
