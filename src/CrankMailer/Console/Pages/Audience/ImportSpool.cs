using System.Security.Cryptography;
using System.Text.Json;
using CrankMailer.Hosting;
using CrankMailer.Model;

namespace CrankMailer.Console.Pages.Audience;

/// <summary>
/// Uploaded files in the data folder, readable by us alone, for an hour: what was tried is what is imported, without a second upload.
/// A spool belongs to this node; on another the file is chosen again.
/// </summary>
internal sealed class ImportSpool(DataFolder data, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private string Folder => Path.Combine(data.Path, "imports");

    /// <returns>The new id.</returns>
    public async Task<string> KeepAsync(Stream file, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Folder);
        else Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Clean();
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await using var target = Create(PathOf(id, "data"));
        await file.CopyToAsync(target, ct);
        return id;
    }

    public Stream Open(string id, bool running) => new FileStream(PathOf(id, running ? "running" : "data"), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    public async Task SaveAsync(KeptImport import, CancellationToken ct)
    {
        // Beside it and then over it: a reader never sees half of one.
        var fresh = PathOf(import.Id, $"{Guid.NewGuid():n}.new");
        await using (var target = Create(fresh)) await JsonSerializer.SerializeAsync(target, import, cancellationToken: ct);
        File.Move(fresh, PathOf(import.Id, "json"), overwrite: true);
    }

    /// <summary>Null where there is none, its hour is over, or it is of another publication.</summary>
    public async Task<KeptImport?> FindAsync(string id, int publicationId, CancellationToken ct)
    {
        if (id.Length != 32 || !id.All(char.IsAsciiHexDigitLower)) return null; // becomes part of a path
        Clean();
        try
        {
            await using var source = File.OpenRead(PathOf(id, "json"));
            var kept = await JsonSerializer.DeserializeAsync<KeptImport>(source, cancellationToken: ct);
            if (kept?.Order.PublicationId != publicationId) return null;
            return kept.Step == ImportStep.Tried && File.Exists(PathOf(id, "running")) ? kept with { Step = ImportStep.Running } : kept;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Takes the file for a run. False where somebody else did: of two clicks one runs.</summary>
    public bool TryTake(string id)
    {
        try
        {
            File.Move(PathOf(id, "data"), PathOf(id, "running"));
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>After a run that failed: it can be started again, for an import does nothing twice.</summary>
    public void GiveBack(string id) => File.Move(PathOf(id, "running"), PathOf(id, "data"));

    /// <summary>The people's data go as soon as they are not needed; the report stays its hour.</summary>
    public void DropData(string id)
    {
        File.Delete(PathOf(id, "data"));
        File.Delete(PathOf(id, "running"));
    }

    public void Drop(string id)
    {
        DropData(id);
        File.Delete(PathOf(id, "json"));
    }

    private void Clean()
    {
        if (!Directory.Exists(Folder)) return;
        var oldest = clock.Instant() - Life;
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles().Where(f => f.LastWriteTimeUtc < oldest.UtcDateTime)) file.Delete();
    }

    private string PathOf(string id, string ending) => Path.Combine(Folder, $"{id}.{ending}");

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
