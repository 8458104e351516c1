using CrankMailer.Scriban.Builtins;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Personal;

/// <summary>The functions a pipe of the personal phase may name: those that turn one value into one other, cheaply.</summary>
internal static class PersonalFunctions
{
    private static readonly string[] Allowed =
    [
        "string.append", "string.capitalize", "string.capitalizewords", "string.downcase", "string.handleize", "string.lstrip",
        "string.pad_left", "string.pad_right", "string.pluralize", "string.prepend", "string.remove", "string.remove_first", "string.remove_last",
        "string.replace", "string.replace_first", "string.rstrip", "string.size", "string.slice", "string.slice1", "string.strip",
        "string.strip_newlines", "string.truncate", "string.truncatewords", "string.upcase",
        "date.add_days", "date.add_hours", "date.add_milliseconds", "date.add_minutes", "date.add_months", "date.add_seconds", "date.add_years",
        "date.parse", "date.parse_to_string", "date.to_string",
        "html.escape", "html.newline_to_br", "html.raw", "html.strip", "html.url_encode", "html.url_escape",
    ];

    public static IReadOnlyList<string> Names => Allowed;

    public static bool IsAllowed(string name) => Allowed.Contains(name);

    /// <summary>The built-in of that name; null for html.raw, which is no function of the full language.</summary>
    public static ScriptFunction? Find(string name)
    {
        var parts = name.Split('.');
        return Library.Root.TryGet(parts[0], out var module) && module is ScriptObject members && members.TryGet(parts[1], out var function)
            ? function as ScriptFunction
            : null;
    }
}
