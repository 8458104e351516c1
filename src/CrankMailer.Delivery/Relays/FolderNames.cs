using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CrankMailer.Delivery.Relays;

/// <summary>The list of names of a folder, to be written to disk: without that a file that was renamed may have its old name again after a loss of
/// power. .NET opens no folders, hence the C library; Windows has no such call and needs none on NTFS.</summary>
internal sealed partial class FolderNames : IDisposable
{
    private const int ReadOnly = 0;

    private readonly string _folder;
    private readonly SafeFileHandle? _handle;

    private FolderNames(string folder, SafeFileHandle? handle) => (_folder, _handle) = (folder, handle);

    /// <exception cref="IOException">It is not there, or we may not read it.</exception>
    public static FolderNames Open(string folder)
    {
        if (OperatingSystem.IsWindows()) return new FolderNames(folder, null);
        var handle = Open(folder, ReadOnly);
        return handle >= 0 ? new FolderNames(folder, new SafeFileHandle(handle, ownsHandle: true)) : throw Fault(folder);
    }

    /// <exception cref="IOException">The disk refuses.</exception>
    public void Flush()
    {
        if (_handle is not null && Sync(_handle) != 0) throw Fault(_folder);
    }

    public void Dispose() => _handle?.Dispose();

    private static IOException Fault(string folder) => new($"{Marshal.GetLastPInvokeErrorMessage()}: '{folder}'");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle handle);
}
