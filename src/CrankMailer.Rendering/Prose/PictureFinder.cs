using CrankMailer.Model;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Rendering.Prose;

/// <summary>Where the mail loads a picture from: an https address, a stored picture, or what the caller knows of a file (R128).</summary>
internal sealed class PictureFinder(RenderOptions options, PublicAddress address)
{
    private readonly List<Problem> problems = [];

    public IReadOnlyList<Problem> Problems => problems;

    public string? Find(string? src)
    {
        var name = Markers.Clean(src).Trim();
        if (name.Length == 0) return null;
        var known = options.Pictures?.Invoke(name)?.Url ?? (name.StartsWith("/m/", StringComparison.Ordinal) ? address.Root + name : name);
        if (SafeUrl.Find(known) is { } url && url.StartsWith("http", StringComparison.Ordinal)) return url;
        if (problems.TrueForAll(p => p.Text != Missing(name))) problems.Add(new Problem(Severity.Error, "picture-not-found", Missing(name)));
        return null;
    }

    private static string Missing(string name) =>
        $"The picture \"{name}\" is neither stored nor an https address, so no reader could load it. Upload it, or put the file beside the issue file.";
}
