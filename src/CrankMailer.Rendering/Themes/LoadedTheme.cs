using CrankMailer.Model;

namespace CrankMailer.Rendering.Themes;

/// <summary>A theme, or what keeps it from being one.</summary>
/// <param name="Theme">Null where a problem is an error.</param>
public sealed record LoadedTheme(Theme? Theme, IReadOnlyList<Problem> Problems)
{
    /// <exception cref="ProblemException">The theme has errors.</exception>
    public Theme Get() => Theme ?? throw new ProblemException(Problems);
}
