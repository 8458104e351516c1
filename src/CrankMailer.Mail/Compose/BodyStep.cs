namespace CrankMailer.Mail.Compose;

/// <summary>A stretch of the body: the same for all, or a text with holes.</summary>
internal abstract record BodyStep
{
    private BodyStep() { }

    public abstract void Write(MessageBuffer output, IHoleValues values);

    public sealed record Finished(ReadOnlyMemory<byte> Octets) : BodyStep
    {
        public override void Write(MessageBuffer output, IHoleValues values) => output.Write(Octets.Span);
    }

    public sealed record Personal(SegmentProgram Program) : BodyStep
    {
        public override void Write(MessageBuffer output, IHoleValues values) => Program.Write(output, values);
    }
}
