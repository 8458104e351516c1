namespace CrankMailer.Mail.Compose;

/// <summary>Segments made flat, their literals encoded once: what is left per recipient is copying and asking for holes.</summary>
internal sealed class SegmentProgram
{
    private readonly List<Step> steps = [];
    private readonly LiteralForm form;

    private SegmentProgram(LiteralForm form) => this.form = form;

    public enum LiteralForm { Plain, QuotedPrintable }

    private enum StepKind { Literal, Hole, Unless, Jump }

    /// <summary>True when nothing depends on the recipient.</summary>
    public bool IsConstant => steps.TrueForAll(step => step.Kind == StepKind.Literal);

    public static SegmentProgram Compile(IReadOnlyList<PlanSegment> segments, LiteralForm form)
    {
        var program = new SegmentProgram(form);
        program.Add(segments);
        return program;
    }

    /// <summary>In quoted-printable every literal and every value begins at the start of a line, behind a soft break where
    /// the one before did not end there: so a literal has the same octets whatever the values around it (R16).</summary>
    public void Write(MessageBuffer output, IHoleValues values)
    {
        var midLine = false;
        for (var at = 0; at < steps.Count; at++)
        {
            var step = steps[at];
            switch (step.Kind)
            {
                case StepKind.Literal when step.Octets.Length > 0:
                    if (midLine) output.Write("=\r\n"u8);
                    output.Write(step.Octets.Span);
                    midLine = step.EndsMidLine;
                    break;
                case StepKind.Hole:
                    WriteHole(output, values, step.Number, ref midLine);
                    break;
                case StepKind.Unless when !values.IsTrue(step.Number):
                case StepKind.Jump:
                    at = step.Target - 1;
                    break;
            }
        }
    }

    private void WriteHole(MessageBuffer output, IHoleValues values, int hole, ref bool midLine)
    {
        if (form == LiteralForm.Plain) { values.Write(hole, output); return; }
        var value = output.Scratch;
        values.Write(hole, value);
        if (value.Length == 0) return;
        if (midLine) output.Write("=\r\n"u8);
        midLine = QuotedPrintable.Encode(output, value.WrittenSpan);
    }

    private void Add(IReadOnlyList<PlanSegment> segments)
    {
        for (var i = 0; i < segments.Count; i++)
        {
            switch (segments[i])
            {
                case PlanSegment.Literal:
                    var first = i;
                    while (i + 1 < segments.Count && segments[i + 1] is PlanSegment.Literal) i++;
                    AddLiteral(segments, first, i);
                    break;
                case PlanSegment.Hole hole:
                    steps.Add(new Step(StepKind.Hole, hole.Number, 0, default, false));
                    break;
                case PlanSegment.Branch branch:
                    AddBranch(branch);
                    break;
            }
        }
    }

    private void AddBranch(PlanSegment.Branch branch)
    {
        var unless = Reserve();
        Add(branch.Then);
        if (branch.Else.Count == 0)
        {
            steps[unless] = new Step(StepKind.Unless, branch.Condition, steps.Count, default, false);
            return;
        }
        var jump = Reserve();
        steps[unless] = new Step(StepKind.Unless, branch.Condition, steps.Count, default, false);
        Add(branch.Else);
        steps[jump] = new Step(StepKind.Jump, 0, steps.Count, default, false);
    }

    private int Reserve()
    {
        steps.Add(default);
        return steps.Count - 1;
    }

    private void AddLiteral(IReadOnlyList<PlanSegment> segments, int first, int last)
    {
        using var joined = new MessageBuffer(4096);
        for (var i = first; i <= last; i++) joined.Write(((PlanSegment.Literal)segments[i]).Utf8.Span);
        if (form == LiteralForm.Plain)
        {
            steps.Add(new Step(StepKind.Literal, 0, 0, joined.WrittenSpan.ToArray(), false));
            return;
        }
        using var encoded = new MessageBuffer(joined.Length * 2);
        var midLine = QuotedPrintable.Encode(encoded, joined.WrittenSpan);
        steps.Add(new Step(StepKind.Literal, 0, 0, encoded.WrittenSpan.ToArray(), midLine));
    }

    private readonly record struct Step(StepKind Kind, int Number, int Target, ReadOnlyMemory<byte> Octets, bool EndsMidLine);
}
