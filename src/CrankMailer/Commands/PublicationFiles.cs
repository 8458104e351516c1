using CrankMailer.Authoring.Yaml;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Commands;

/// <summary><c>publication.yaml</c>: named on the command line, or beside the issue file (design §6).</summary>
internal static class PublicationFiles
{
    public const string Name = "publication.yaml";

    /// <returns>Null where none was named and none lies beside the file.</returns>
    /// <exception cref="ProblemException">It cannot be read, or holds errors.</exception>
    public static async Task<Publication?> FindAsync(string? option, string issueFile, CancellationToken ct)
    {
        var beside = Path.Combine(issueFile == "-" ? "." : Path.GetDirectoryName(Path.GetFullPath(issueFile)) ?? ".", Name);
        if (option is null && !File.Exists(beside)) return null;
        var input = await InputText.ReadAsync(option ?? beside, ct);
        var (publication, problems) = PublicationYaml.Read(input.Text, input.Name);
        return publication ?? throw new ProblemException(problems);
    }
}
