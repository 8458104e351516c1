using System.Text;

namespace CrankMailer.Mail.Compose;

/// <summary>A piece of a text that is the same for everybody (Literal), one person's (Hole), or one of two (Branch).</summary>
public abstract record PlanSegment
{
    private PlanSegment() { }

    /// <summary>UTF-8 as the reader shall see it; not yet encoded.</summary>
    public sealed record Literal(ReadOnlyMemory<byte> Utf8) : PlanSegment;

    /// <summary>The value <see cref="IHoleValues.Write"/> gives for this number.</summary>
    public sealed record Hole(int Number) : PlanSegment;

    /// <summary>Then where <see cref="IHoleValues.IsTrue"/> says so for this number, else Else.</summary>
    public sealed record Branch(int Condition, IReadOnlyList<PlanSegment> Then, IReadOnlyList<PlanSegment> Else) : PlanSegment;

    public static PlanSegment Text(string text) => new Literal(Encoding.UTF8.GetBytes(text));

    public static PlanSegment Value(int hole) => new Hole(hole);
}
