using System.Collections;
using System.Collections.Frozen;
using System.Text.Json;
using CrankMailer.Rendering.Prose;

namespace CrankMailer.Rendering.Mails;

/// <summary>The system mails there are and what each must be told. Values may be strings, numbers, lists of strings, or JSON of these.</summary>
public static class MailModel
{
    public const string Confirm = "confirm";
    public const string AlreadySubscribed = "already_subscribed";
    public const string Welcome = "welcome";
    public const string PreferencesLink = "preferences_link";
    public const string Invitation = "invitation";
    public const string Alert = "alert";

    /// <summary>Names in the model by mail. <c>button_url</c> is where the mail's one button leads, <c>items</c> the lists it is about.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Needed { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [Confirm] = ["email", "site", "items", "button_url", "days"],
        [AlreadySubscribed] = ["email", "site", "button_url"],
        [Welcome] = ["email", "items", "button_url"],
        [PreferencesLink] = ["email", "site", "button_url"],
        [Invitation] = ["inviter", "role", "button_url", "days"],
        [Alert] = ["title", "text", "button_url"],
    }.ToFrozenDictionary();

    /// <summary>The values as this medium writes them. An address that may not be linked is left out.</summary>
    internal static Dictionary<string, object?> In(Medium medium, IReadOnlyDictionary<string, object?> model) =>
        model.ToDictionary(v => v.Key, v => Value(medium, v.Key, v.Value));

    /// <summary>The values without any escaping, to be filled into phrases that are escaped as a whole.</summary>
    internal static Dictionary<string, object?> Bare(IReadOnlyDictionary<string, object?> model) => model.ToDictionary(v => v.Key, v => Bare(v.Value));

    private static object? Bare(object? value) => value switch
    {
        JsonElement json => Bare(FromJson(json)),
        string text => Markers.Clean(text),
        IEnumerable list => list.Cast<object?>().Select(Bare).ToArray(),
        _ => value,
    };

    private static object? Value(Medium medium, string name, object? value) => value switch
    {
        null => null,
        string url when name.EndsWith("_url", StringComparison.Ordinal) => medium.Address(url, new Place(name)),
        string text => text.Length == 0 ? null : medium.Plain(text),
        JsonElement json => Value(medium, name, FromJson(json)),
        IEnumerable list => list.Cast<object?>().Select(item => Value(medium, name, item)).ToArray(),
        _ => medium.Plain(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static object? FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Array => json.EnumerateArray().Select(FromJson).ToArray(),
        JsonValueKind.String => json.GetString(),
        _ => json.GetRawText(),
    };
}
