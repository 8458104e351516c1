namespace CrankMailer.Mjml;

/// <summary>Where <c>mj-include</c> reads from: a folder, a theme in the database, a set of strings in a test.</summary>
public interface IMjmlFiles
{
    /// <summary>
    /// The file's name and text, or null where there is no such file or it may not be read.
    /// </summary>
    /// <param name="path">As written in the document, for example <c>./parts/footer.mjml</c>.</param>
    /// <param name="from">Name of the file that includes it, as an earlier call gave it; null for the document itself.</param>
    MjmlFile? Find(string path, string? from);
}

/// <param name="Name">Unique name of the file, used in messages and to resolve what it includes itself.</param>
/// <param name="Text">All of it.</param>
public sealed record MjmlFile(string Name, string Text);
