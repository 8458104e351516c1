using System.Text.Json;

namespace CrankMailer.Authoring;

/// <summary>What System.Text.Json lets through at first and stumbles over later.</summary>
internal static class JsonText
{
    /// <summary>False when a string holds an unpaired surrogate escape, which no file could be written with.</summary>
    public static bool IsSound(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject().All(p => p.Name.Length >= 0 && IsSound(p.Value)),
                JsonValueKind.Array => value.EnumerateArray().All(IsSound),
                JsonValueKind.String => value.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Path of the first null entry of a list; lists of an issue hold none.</summary>
    public static string? FindNullEntry(JsonElement value, string path = "")
    {
        if (value.ValueKind == JsonValueKind.Object)
            return value.EnumerateObject().Select(p => FindNullEntry(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")).FirstOrDefault(p => p is not null);
        if (value.ValueKind != JsonValueKind.Array) return null;
        return value.EnumerateArray().Select((item, i) => item.ValueKind == JsonValueKind.Null ? $"{path}[{i}]" : FindNullEntry(item, $"{path}[{i}]")).FirstOrDefault(p => p is not null);
    }
}
