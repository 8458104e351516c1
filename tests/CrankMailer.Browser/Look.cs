namespace CrankMailer.Browser;

/// <summary>A window in CSS pixels, and what its owner prefers.</summary>
public sealed record Look(int Width, int Height, ColorScheme Scheme)
{
    public static Look Desktop { get; } = new(1280, 860, ColorScheme.Light);
    public static Look Phone { get; } = new(375, 780, ColorScheme.Light);

    public Look Dark => this with { Scheme = ColorScheme.Dark };

    public override string ToString() => $"{Width}-{Scheme.ToString().ToLowerInvariant()}";
}
