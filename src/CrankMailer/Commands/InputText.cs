using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary>A file named on the command line, or standard input for <c>-</c>.</summary>
internal sealed record InputText(string Name, string Text)
{
    /// <exception cref="ProblemException">There is no such file, or it cannot be read.</exception>
    public static async Task<InputText> ReadAsync(string path, CancellationToken ct)
    {
        if (path == "-") return new InputText("stdin", await System.Console.In.ReadToEndAsync(ct));
        try
        {
            return new InputText(path, await File.ReadAllTextAsync(path, ct));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException([new Problem(Severity.Error, "unreadable-file", $"cannot be read: {error.Message}", path)]);
        }
    }
}
