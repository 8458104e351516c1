namespace CrankMailer.Rendering.Themes;

/// <summary>What kind of value a theme's setting takes.</summary>
public enum SettingType
{
    Text,

    /// <summary><c>#rrggbb</c>.</summary>
    Color,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Switch,

    /// <summary>One of the setting's choices.</summary>
    Choice,

    /// <summary>An https address or a stored picture (<c>/m/…</c>).</summary>
    Picture,
}

/// <summary>One thing a publication may set in its theme.</summary>
/// <param name="Choices">Word → what it means in the template; empty but for <see cref="SettingType.Choice"/>.</param>
/// <param name="On">For a colour: the palette's surface it stands on. It is darkened or lightened until it can be read there.</param>
public sealed record ThemeSetting(
    string Name, SettingType Type, string Label, string Default, IReadOnlyDictionary<string, string> Choices, string? On);
