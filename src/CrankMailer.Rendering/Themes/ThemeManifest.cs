namespace CrankMailer.Rendering.Themes;

/// <summary>theme.yaml.</summary>
/// <param name="TextWidth">Width of the text column in px, for pictures in prose.</param>
/// <param name="Light">Colours by name in the light palette; <see cref="Dark"/> has the same names.</param>
/// <param name="Prose">Inline style by element; may use <c>theme.*</c>.</param>
internal sealed record ThemeManifest(
    string Title, int TextWidth, IReadOnlyList<ThemeSetting> Settings,
    IReadOnlyDictionary<string, string> Light, IReadOnlyDictionary<string, string> Dark, IReadOnlyDictionary<string, string> Prose);
