namespace CrankMailer.Console.Shared;

internal static class Zones
{
    /// <summary>The zone of an IANA name; UTC where it is unknown here.</summary>
    public static TimeZoneInfo Find(string? id) => id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    public static bool Exists(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);

    /// <summary>IANA names for a list of suggestions.</summary>
    public static IEnumerable<string> All() =>
        TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/')).Order(StringComparer.Ordinal);
}
