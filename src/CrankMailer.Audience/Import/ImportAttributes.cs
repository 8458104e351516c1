using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrankMailer.Model.Audience;

namespace CrankMailer.Audience.Import;

/// <summary>Takes over what a row says of a person besides the address.</summary>
internal static partial class ImportAttributes
{
    private const int MaxName = 100;

    public static bool IsUsable(string? json)
    {
        if (json is null) return true;
        try
        {
            return JsonNode.Parse(json) is JsonObject;
        }
        catch (JsonException) // JsonNode has no Try form
        {
            return false;
        }
    }

    /// <param name="overwrite">Else only what is not known yet is taken.</param>
    /// <returns>True where anything changed.</returns>
    public static bool Fill(Subscriber person, ImportRow row, bool overwrite)
    {
        var before = (person.Name, person.FirstName, person.LastName, person.Lang, person.TimeZone, person.Attributes);
        var (first, last) = (Clean(row.FirstName), Clean(row.LastName));
        var name = Clean(row.Name) ?? Clean($"{first} {last}");
        if (name is not null && (overwrite || person.Name is null)) PersonName.Apply(person, name);
        if (first is not null && (overwrite || before.FirstName is null)) person.FirstName = first;
        if (last is not null && (overwrite || before.LastName is null)) person.LastName = last;
        if (row.Lang is { } lang && LanguageTag().IsMatch(lang) && (overwrite || person.Lang is null)) person.Lang = lang;
        if (row.TimeZone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) && (overwrite || person.TimeZone is null)) person.TimeZone = zone;
        if (row.Attributes is { } attributes) person.Attributes = Merge(person.Attributes, attributes, overwrite);
        return before != (person.Name, person.FirstName, person.LastName, person.Lang, person.TimeZone, person.Attributes);
    }

    private static string Merge(string known, string added, bool overwrite)
    {
        var target = JsonNode.Parse(known) as JsonObject ?? [];
        foreach (var (key, value) in (JsonNode.Parse(added) as JsonObject ?? []).ToList())
            if (overwrite || !target.ContainsKey(key)) target[key] = value?.DeepClone();
        return target.ToJsonString();
    }

    private static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var clean = new string([.. text.Where(c => !char.IsControl(c))]).Trim();
        return clean.Length == 0 ? null : clean.Length > MaxName ? clean[..MaxName].Trim() : clean;
    }

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
    private static partial Regex LanguageTag();
}
