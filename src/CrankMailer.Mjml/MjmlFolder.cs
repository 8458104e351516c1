namespace CrankMailer.Mjml;

/// <summary>Includes from one folder and what lies below it. A path that leads out of it, by dots, by an absolute path or by a link, finds nothing.</summary>
public sealed class MjmlFolder(string root) : IMjmlFiles
{
    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    public MjmlFile? Find(string path, string? from)
    {
        if (path.Length == 0 || path.Contains('\0') || Path.IsPathRooted(path))
        {
            return null;
        }

        var folder = from is null ? root : Path.GetDirectoryName(Path.Combine(root, from)) ?? root;
        var full = Path.GetFullPath(Path.Combine(folder, path.Replace('\\', '/')));
        if (!IsInside(full) || !File.Exists(full) || LeadsOut(full))
        {
            return null;
        }

        return new MjmlFile(Path.GetRelativePath(root, full).Replace('\\', '/'), File.ReadAllText(full));
    }

    private bool IsInside(string full) =>
        full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // A link inside the folder could point at /etc/passwd: every step of the path must be a real file or folder.
    private bool LeadsOut(string full)
    {
        for (var step = full; step is not null && step.Length > root.Length; step = Path.GetDirectoryName(step))
        {
            if (new FileInfo(step).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
