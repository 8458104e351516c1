using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using CrankMailer.Audience;
using CrankMailer.Delivery;
using CrankMailer.Feedback;
using CrankMailer.Model;

namespace CrankMailer.Hosting;

/// <summary>
/// Reads appsettings.json and our environment variables before anything is built from them: a mistyped name would be ignored and a mistyped
/// value would end in a trace, so both are refused with their place.
/// </summary>
internal static class SettingsCheck
{
    private const string Prefix = "CRANKMAILER_";

    private static readonly Dictionary<string, Type> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        [DatabaseOptions.Section] = typeof(DatabaseOptions),
        [DeliveryOptions.Section] = typeof(DeliveryOptions),
        [AudienceOptions.Section] = typeof(AudienceOptions),
        [FeedbackOptions.Section] = typeof(FeedbackOptions),
        [ProxyOptions.Section] = typeof(ProxyOptions),
    };

    /// <summary>Sections that .NET itself reads; their content is its business.</summary>
    private static readonly HashSet<string> Frameworks = new(StringComparer.OrdinalIgnoreCase) { "Logging", "Kestrel", "AllowedHosts" };

    /// <exception cref="ProblemException">A setting is unknown, of the wrong form or out of range; or the file is no JSON.</exception>
    public static void Run(string folder, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var file = Path.Combine(folder, "appsettings.json");
        var problems = new List<Problem>();
        if (File.Exists(file)) problems.AddRange(InFile(File.ReadAllBytes(file), "appsettings.json"));
        problems.AddRange(environment.SelectMany(Variable));
        if (problems.Count > 0) throw new ProblemException(problems);
    }

    internal static IReadOnlyList<Problem> InFile(byte[] json, string name)
    {
        var problems = new List<Problem>();
        try
        {
            foreach (var (path, value, at) in Leaves(json))
            {
                var (line, column) = Place(json, at);
                if (Wrong(path, value) is { } text) problems.Add(new Problem(Severity.Error, "setting", text, name, line, column));
            }
        }
        catch (JsonException broken)
        {
            problems.Add(new Problem(Severity.Error, "setting", $"this is no JSON: {Reason(broken)}", name, (int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1));
        }
        return problems;
    }

    private static IEnumerable<Problem> Variable(KeyValuePair<string, string?> variable)
    {
        if (!variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return [];
        var path = variable.Key[Prefix.Length..].Split("__");
        if (path.Length < 2) return []; // CRANKMAILER_DATA and the like are no settings of a section
        return Wrong(path, variable.Value) is { } text ? [new Problem(Severity.Error, "setting", text, variable.Key)] : [];
    }

    /// <returns>Null when all is well.</returns>
    private static string? Wrong(IReadOnlyList<string> path, string? value)
    {
        if (Frameworks.Contains(path[0])) return null;
        if (!Ours.TryGetValue(path[0], out var type))
            return $"there is no section \"{path[0]}\"; there are {Among(Ours.Keys.Concat(Frameworks))}.";
        return Wrong(type, path, 1, value);
    }

    /// <param name="depth">Names before it are of the section, and of groups of settings in it.</param>
    private static string? Wrong(Type type, IReadOnlyList<string> path, int depth, string? value)
    {
        var known = Settings(type);
        var setting = depth < path.Count ? known.FirstOrDefault(p => p.Name.Equals(path[depth], StringComparison.OrdinalIgnoreCase)) : null;
        if (setting is not null && depth + 1 < path.Count && IsGroup(setting.PropertyType)) return Wrong(setting.PropertyType, path, depth + 1, value);
        if (setting is null || depth + 1 < path.Count || IsGroup(setting.PropertyType))
            return $"there is no setting \"{string.Join(':', path)}\"; in {string.Join(':', path.Take(depth))} there are {Among(known.Select(p => p.Name))}.";
        return string.IsNullOrEmpty(value) ? null : WrongValue(setting, $"{string.Join(':', path.Take(depth))}:{setting.Name}", value);
    }

    private static bool IsGroup(Type type) => type.IsClass && type != typeof(string);

    private static string? WrongValue(PropertyInfo setting, string name, string value)
    {
        object? converted;
        try
        {
            converted = TypeDescriptor.GetConverter(setting.PropertyType).ConvertFromInvariantString(value);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException)
        {
            return $"{name} is \"{value}\", which is no {Form(setting.PropertyType)}.";
        }
        if (setting.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(converted))
            return $"{name} is {value}; it must lie between {range.Minimum} and {range.Maximum}.";
        if (setting.DeclaringType == typeof(ProxyOptions) && ProxyOptions.TryRead(value, out var wrong) is null)
            return $"{name} holds \"{wrong}\", which is neither an address (10.0.0.7) nor a network (10.0.0.0/8).";
        return null;
    }

    private static IEnumerable<PropertyInfo> Settings(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true } && p.GetCustomAttribute<BrowsableAttribute>() is not { Browsable: false });

    private static string Form(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(TimeSpan) => "length of time; write it as 00:05:00 (hours:minutes:seconds) or 2.00:00:00 (days first)",
        var t when t == typeof(int) => "whole number",
        var t when t == typeof(bool) => "true or false",
        var t => t.Name,
    };

    private static string Among(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    private static string Reason(JsonException broken) => broken.Message.Split(" LineNumber:")[0];

    /// <summary>All values with their path; arrays are walked by index, as .NET's configuration names them.</summary>
    private static List<(IReadOnlyList<string> Path, string? Value, long At)> Leaves(byte[] json)
    {
        var start = json.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(json.AsSpan(start), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var leaves = new List<(IReadOnlyList<string>, string?, long)>();
        var path = new List<string>();
        var indexes = new Stack<int>(); // -1: an object
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                path.Add(reader.GetString() ?? "");
                continue;
            }
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                indexes.Pop();
                Leave(path, indexes);
                continue;
            }
            if (indexes.TryPeek(out var index) && index >= 0)
            {
                path.Add(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
                indexes.Push(indexes.Pop() + 1);
            }
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                indexes.Push(reader.TokenType == JsonTokenType.StartArray ? 0 : -1);
                continue;
            }
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            if (path.Count > 0) leaves.Add(([.. path], reader.TokenType == JsonTokenType.Null ? null : text, reader.TokenStartIndex + start));
            Leave(path, indexes);
        }
        return leaves;
    }

    private static void Leave(List<string> path, Stack<int> containers)
    {
        if (containers.Count > 0 && path.Count > 0) path.RemoveAt(path.Count - 1);
    }

    private static (int Line, int Column) Place(byte[] json, long at)
    {
        var before = json.AsSpan(0, (int)at);
        return (before.Count((byte)'\n') + 1, before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1);
    }
}
