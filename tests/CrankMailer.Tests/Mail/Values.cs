using System.Buffers;
using System.Text;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Tests.Mail;

/// <summary>Hole values given as strings, conditions as a set of the true ones.</summary>
internal sealed class Values(params string[] holes) : IHoleValues
{
    public HashSet<int> True { get; } = [];

    public void Write(int hole, IBufferWriter<byte> utf8) => utf8.Write(Encoding.UTF8.GetBytes(holes[hole]));

    public bool IsTrue(int condition) => True.Contains(condition);
}
