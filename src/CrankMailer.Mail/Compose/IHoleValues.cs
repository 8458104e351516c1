using System.Buffers;

namespace CrankMailer.Mail.Compose;

/// <summary>What is personal in a message: the edge to whatever evaluates templates.</summary>
public interface IHoleValues
{
    /// <summary>Writes the value of a hole as UTF-8, already escaped for the place it stands in (HTML, URL, plain text).</summary>
    void Write(int hole, IBufferWriter<byte> utf8);

    /// <summary>Decides a branch.</summary>
    bool IsTrue(int condition);
}
