using System.Text.RegularExpressions;

namespace CrankMailer.Feedback.Reading;

/// <summary>Finds addresses in what servers write. Looser than what we would mail: a report must be understood first.</summary>
internal static partial class MailAddresses
{
    /// <summary>A quoted local part of at most 64 characters, or an atom with dots, however many in a row.</summary>
    public const string Pattern = @"(?:""[^""\r\n<>@]{1,64}""|(?<![A-Za-z0-9!#$%&'*+/?^_`{|}~.\-])[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-]{1,64})@[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,252}[A-Za-z0-9])?";

    public static string? Find(string text) => Address().Match(text) is { Success: true } match ? Clean(match.Value) : null;

    public static IEnumerable<string> FindAll(string text) => Address().Matches(text).Select(match => Clean(match.Value));

    /// <summary>RFC 3464 fields: "rfc822; user@example.org", also in angle brackets or with comments.</summary>
    public static string? FindInField(string? field)
    {
        if (field is null) return null;
        var value = field.Contains(';', StringComparison.Ordinal) ? field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..] : field;
        return Find(value) ?? Find(field);
    }

    public static string Clean(string address) => address.TrimStart('\'', '`', '=', '*').TrimEnd('.', '-');

    public static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    [GeneratedRegex(Pattern)]
    private static partial Regex Address();
}
