using System.Text;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Delivery.Relays;

/// <summary>
/// A folder from which another program takes the mail: a file a message, which is there whole or not at all. The envelope stands in X-Sender and
/// X-Receiver before the message, as the pickup folders of mail servers expect it; a signature does not cover what stands before it.
/// </summary>
internal sealed class FolderRelay : IRelay
{
    /// <summary>Bodies are personal: whoever takes them shares the folder's group.</summary>
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly SmtpSession _session;

    /// <exception cref="ArgumentException">No whole path.</exception>
    public FolderRelay(string folder, TimeProvider clock)
    {
        if (!Path.IsPathFullyQualified(folder)) throw new ArgumentException($"A relay's folder is a whole path, such as {Path.GetFullPath("/var/spool/pickup")}; “{folder}” is none.");
        (_folder, _clock) = (folder, clock);
        _session = new SmtpSession(folder, 0, null, null, null);
    }

    public async Task<SmtpOutcome> SendAsync(SmtpTransaction message, CancellationToken ct)
    {
        // By time, so that who takes them in the order of their names takes them in ours.
        var name = Guid.CreateVersion7(_clock.GetUtcNow()).ToString("n");
        var part = Path.Combine(_folder, $".{name}.part");
        var (names, fault) = await TryWriteAsync(part, Envelope(message), message.Message, ct);
        if (names is null) return CannotWrite(fault);
        using (names)
        {
            try
            {
                if (message.BeforeFinalDot is { } hook) await hook(ct);
            }
            catch
            {
                Remove(part);
                throw;
            }
            return Publish(part, Path.Combine(_folder, $"{name}.eml"), names);
        }
    }

    /// <summary>Writes, and takes away again, one octet.</summary>
    public async Task<SmtpOutcome?> FindProblemAsync(CancellationToken ct)
    {
        var probe = Path.Combine(_folder, $".{Guid.NewGuid():n}.part");
        var (names, fault) = await TryWriteAsync(probe, new byte[1], ReadOnlyMemory<byte>.Empty, ct);
        if (names is null) return CannotWrite(fault);
        names.Dispose();
        Remove(probe);
        return null;
    }

    public Task CloseIdleAsync(CancellationToken ct) => Task.CompletedTask;

    public ValueTask DisposeAsync() => default;

    private static byte[] Envelope(SmtpTransaction message) =>
        Encoding.UTF8.GetBytes($"X-Sender: {message.Sender?.ToString() ?? "<>"}\r\nX-Receiver: {message.Recipient}\r\n");

    /// <returns>The folder's list of names, open, or why the file is not there.</returns>
    private async Task<(FolderNames? Names, string Fault)> TryWriteAsync(string part, ReadOnlyMemory<byte> envelope, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, PreallocationSize = envelope.Length + message.Length, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Mode;
            await using (var file = new FileStream(part, options))
            {
                await file.WriteAsync(envelope, ct);
                await file.WriteAsync(message, ct);
                // Taken is taken: it is not lost with the power, either.
                file.Flush(flushToDisk: true);
            }
            return (FolderNames.Open(_folder), "");
        }
        catch (Exception e)
        {
            Remove(part);
            if (e is IOException or UnauthorizedAccessException) return (null, e.Message);
            throw;
        }
    }

    /// <summary>Its name is the final dot.</summary>
    private SmtpOutcome Publish(string part, string file, FolderNames names)
    {
        try
        {
            File.Move(part, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(part);
            return CannotWrite(e.Message);
        }
        try
        {
            names.Flush();
        }
        catch (IOException e)
        {
            return new SmtpOutcome.Unknown(SmtpFailure.ConnectionLost, $"the file is there, and the disk does not say that it stays: {e.Message}", _session);
        }
        return new SmtpOutcome.Accepted(new SmtpReply(250, $"2.0.0 Written as {Path.GetFileName(file)}"), _session);
    }

    /// <summary>The folder, not the message, is at fault: full, gone, or not ours. Mail waits, and nobody is counted.</summary>
    private SmtpOutcome.NotSent CannotWrite(string fault) => new(SmtpPhase.Connect, SmtpFailure.CannotConnect, $"the folder {_folder} cannot be written to: {fault}", _session);

    private static void Remove(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It lies in a folder we cannot reach any more; whoever takes mail from there passes over such names.
        }
    }
}
