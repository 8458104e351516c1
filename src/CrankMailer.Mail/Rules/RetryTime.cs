using System.Globalization;
using System.Text.RegularExpressions;

namespace CrankMailer.Mail.Rules;

/// <summary>Finds when a server wants to be asked again: "come back in 00:04:59", "try again in 300 seconds", "greylisted for 5 minutes".</summary>
internal static partial class RetryTime
{
    /// <summary>RFC 6647 and R81: nobody is asked again sooner.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    /// <summary>A stranger may not postpone a message for ever; R87 names four hours as the longest pause.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <returns>Between <see cref="Shortest"/> and <see cref="Longest"/>; null where the text names no time.</returns>
    public static TimeSpan? Find(string text)
    {
        if (Asked().Match(text) is not { Success: true } match) return null;
        var seconds = match.Groups["hours"].Success
            ? Number(match, "hours") * 3600 + Number(match, "minutes") * 60 + Number(match, "seconds")
            : Number(match, "count") * Unit(match.Groups["unit"].Value);
        return TimeSpan.FromSeconds(Math.Clamp(seconds, Shortest.TotalSeconds, Longest.TotalSeconds));
    }

    private static double Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Unit(string name) => char.ToLowerInvariant(name[0]) switch { 's' => 1, 'm' => 60, _ => 3600 };

    // The verb and the number stand close together; a time that something lasted ("in the last 30 minutes") is none to wait.
    [GeneratedRegex(
        @"(?:again|retry|retries|try|back|wait|resend|reconnect|reattempt|gr[ea]y.?listed|deferred|delayed|erneut|versuchen|r[eé]essay\w*|patient\w*)\b[^\d.]{0,40}?"
        + @"(?:(?<hours>\d{1,2}):(?<minutes>[0-5]\d):(?<seconds>[0-5]\d)|(?<count>\d{1,6}) ?(?<unit>s|secs?|seconds?|sekunden|secondes|m|mins?|minutes?|minuten|h|hrs?|hours?|stunden?|heures?)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}
