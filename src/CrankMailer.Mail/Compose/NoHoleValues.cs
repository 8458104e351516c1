using System.Buffers;

namespace CrankMailer.Mail.Compose;

/// <summary>For messages without anything personal in them. A hole met nevertheless is a bug of the caller.</summary>
public sealed class NoHoleValues : IHoleValues
{
    public static readonly NoHoleValues Instance = new();

    private NoHoleValues() { }

    public void Write(int hole, IBufferWriter<byte> utf8) => throw new InvalidOperationException($"The message has a hole {hole}, and no values were given.");

    public bool IsTrue(int condition) => throw new InvalidOperationException($"The message has a condition {condition}, and no values were given.");
}
