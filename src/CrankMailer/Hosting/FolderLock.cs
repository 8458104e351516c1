namespace CrankMailer.Hosting;

/// <summary>Held by the one <c>serve</c> of a SQLite data folder: pump and jobs run once. Commands open the database beside it.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Null where another process holds the folder.</summary>
    public static FolderLock? TryTake(DataFolder data)
    {
        data.Create();
        try
        {
            // An OS lock, not the file's existence: it goes with the process, however that ends.
            var file = new FileStream(data.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            using (var writer = new StreamWriter(file, leaveOpen: true)) writer.Write(Environment.ProcessId);
            file.Flush();
            return new FolderLock(file);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
