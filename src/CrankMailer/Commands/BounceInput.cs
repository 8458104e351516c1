using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary>The mails a <c>bounce</c> command is to read: standard input, a file, or all files of a folder.</summary>
internal static class BounceInput
{
    /// <summary>Octets read of one mail; the rest holds at most our own message again.</summary>
    private const int Most = 4 * 1024 * 1024;

    /// <returns>Name and place; the name is relative to the folder.</returns>
    /// <exception cref="ProblemException">There is nothing of that name.</exception>
    public static IReadOnlyList<(string Name, string Path)> Find(string path)
    {
        if (path == "-" || File.Exists(path)) return [(path, path)];
        if (!Directory.Exists(path)) throw new ProblemException([new Problem(Severity.Error, "unreadable-file", "there is no such file or folder", path)]);
        var files = Directory.GetFiles(path, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal).ToList();
        // A folder of .eml files may hold notes beside them; a Maildir names its mails without an ending.
        var mails = files.FindAll(file => file.EndsWith(".eml", StringComparison.OrdinalIgnoreCase));
        return [.. (mails.Count > 0 ? mails : files).Select(file => (Path.GetRelativePath(path, file), file))];
    }

    /// <exception cref="ProblemException">It cannot be read.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, CancellationToken ct)
    {
        try
        {
            await using var stream = path == "-" ? System.Console.OpenStandardInput() : File.OpenRead(path);
            return await ReadAsync(stream, ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException([new Problem(Severity.Error, "unreadable-file", $"cannot be read: {error.Message}", path)]);
        }
    }

    /// <summary>To its end, so that a mail server never writes into a closed pipe; but only the first octets are kept.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
            if (kept.Length < Most) kept.Write(buffer, 0, (int)Math.Min(read, Most - kept.Length));
        return kept.ToArray();
    }
}
