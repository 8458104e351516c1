using System.Buffers;
using System.Diagnostics;

namespace CrankMailer.Mail.Compose;

/// <summary>One message in one pooled array, with room in front so that signatures can be put before the headers without
/// moving the rest. Made once per sender loop and reused with <see cref="Reset"/>: nothing is allocated per message.
/// Not for two threads at once.</summary>
public sealed class MessageBuffer : IBufferWriter<byte>, IDisposable
{
    /// <summary>Holds two RSA-4096 signatures with long h= lists.</summary>
    private const int FrontRoom = 4096;

    private byte[] bytes;
    private int start = FrontRoom;
    private int end = FrontRoom;
    private MessageBuffer? scratch;

    public MessageBuffer(int capacity = 128 * 1024) => bytes = ArrayPool<byte>.Shared.Rent(capacity + FrontRoom);

    public int Length => end - start;

    /// <summary>The message; valid until the next Reset or Dispose.</summary>
    public ReadOnlyMemory<byte> Written => bytes.AsMemory(start, Length);

    public ReadOnlySpan<byte> WrittenSpan => bytes.AsSpan(start, Length);

    internal Span<byte> MutableSpan => bytes.AsSpan(start, Length);

    /// <summary>A second buffer for values on their way to being encoded; emptied at every call.</summary>
    internal MessageBuffer Scratch
    {
        get
        {
            scratch ??= new MessageBuffer(4096);
            scratch.Reset();
            return scratch;
        }
    }

    public void Reset() => start = end = FrontRoom;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(bytes.Length - end), nameof(count));
        end += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return bytes.AsMemory(end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return bytes.AsSpan(end);
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        EnsureRoom(value.Length);
        value.CopyTo(bytes.AsSpan(end));
        end += value.Length;
    }

    public void Dispose()
    {
        scratch?.Dispose();
        scratch = null;
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        start = end = 0;
    }

    /// <summary>Puts bytes before what is there; how a DKIM-Signature comes first though it is known last.</summary>
    internal void Prepend(ReadOnlySpan<byte> value)
    {
        if (value.Length > start) MoveBack(value.Length);
        start -= value.Length;
        value.CopyTo(bytes.AsSpan(start));
    }

    internal void Write(byte value)
    {
        EnsureRoom(1);
        bytes[end++] = value;
    }

    private void EnsureRoom(int sizeHint)
    {
        ObjectDisposedException.ThrowIf(bytes.Length == 0, this);
        if (bytes.Length - end < Math.Max(sizeHint, 1)) Grow(Math.Max(sizeHint, 1));
    }

    private void Grow(int room)
    {
        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(bytes.Length * 2, end + room)));
        Debug.Assert(larger.Length >= end + room);
        bytes.AsSpan(start, Length).CopyTo(larger.AsSpan(start));
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }

    private void MoveBack(int room)
    {
        var shift = room - start + FrontRoom;
        EnsureRoom(shift);
        bytes.AsSpan(start, Length).CopyTo(bytes.AsSpan(start + shift));
        (start, end) = (start + shift, end + shift);
    }
}
