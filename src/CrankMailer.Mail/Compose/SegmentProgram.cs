namespace CrankMailer.Mail.Compose;

/// <summary>Segments made flat, their literals encoded once: what is left per recipient is copying and asking for holes.</summary>
internal sealed class SegmentProgram
{
    private readonly List<Step> steps = [];
    private readonly LiteralForm form;

    private SegmentProgram(LiteralForm form) => this.form = form;

    public enum LiteralForm { Plain, QuotedPrintable, Base64 }

    private enum StepKind { Literal, Hole, Unless, Jump }

    /// <summary>Octets of all literals as encoded, for choosing the smaller form.</summary>
    public int LiteralOctets => steps.Sum(step => step.Octets.Length + (step.Base64?.After(0).Lines.Length ?? 0));

    public static SegmentProgram Compile(IReadOnlyList<PlanSegment> segments, LiteralForm form)
    {
        var program = new SegmentProgram(form);
        program.Add(segments);
        return program;
    }

    public void Write(MessageBuffer output, IHoleValues values)
    {
        var state = new State();
        for (var at = 0; at < steps.Count; at++)
        {
            var step = steps[at];
            switch (step.Kind)
            {
                case StepKind.Literal:
                    WriteLiteral(output, step, ref state);
                    break;
                case StepKind.Hole:
                    WriteHole(output, values, step.Number, ref state);
                    break;
                case StepKind.Unless when !values.IsTrue(step.Number):
                case StepKind.Jump:
                    at = step.Target - 1;
                    break;
            }
        }
        if (form == LiteralForm.Base64) state.Base64.Finish(output);
    }

    /// <summary>In quoted-printable every literal and every value begins at the start of a line, behind a soft break where
    /// the one before did not end there: so a literal has the same octets whatever the values around it (R16).</summary>
    private static void WriteLiteral(MessageBuffer output, in Step step, ref State state)
    {
        if (step.Base64 is { } literal) { state.Base64.Write(output, literal); return; }
        if (step.Octets.IsEmpty) return;
        if (state.MidLine) output.Write("=\r\n"u8);
        output.Write(step.Octets.Span);
        state.MidLine = step.EndsMidLine;
    }

    private void WriteHole(MessageBuffer output, IHoleValues values, int hole, ref State state)
    {
        if (form == LiteralForm.Plain) { values.Write(hole, output); return; }
        var value = output.Scratch;
        values.Write(hole, value);
        if (form == LiteralForm.Base64) { state.Base64.Write(output, value.WrittenSpan); return; }
        if (value.Length == 0) return;
        if (state.MidLine) output.Write("=\r\n"u8);
        state.MidLine = QuotedPrintable.Encode(output, value.WrittenSpan);
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
                    steps.Add(new Step(StepKind.Hole, hole.Number));
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
            steps[unless] = new Step(StepKind.Unless, branch.Condition, steps.Count);
            return;
        }
        var jump = Reserve();
        steps[unless] = new Step(StepKind.Unless, branch.Condition, steps.Count);
        Add(branch.Else);
        steps[jump] = new Step(StepKind.Jump, Target: steps.Count);
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
        switch (form)
        {
            case LiteralForm.Plain:
                steps.Add(new Step(StepKind.Literal) { Octets = joined.WrittenSpan.ToArray() });
                break;
            case LiteralForm.Base64:
                steps.Add(new Step(StepKind.Literal) { Base64 = new Base64Literal(TextLines.ToCrlf(joined.WrittenSpan)) });
                break;
            default:
                using (var encoded = new MessageBuffer(joined.Length * 2))
                {
                    var midLine = QuotedPrintable.Encode(encoded, joined.WrittenSpan);
                    steps.Add(new Step(StepKind.Literal) { Octets = encoded.WrittenSpan.ToArray(), EndsMidLine = midLine });
                }
                break;
        }
    }

    private readonly record struct Step(StepKind Kind, int Number = 0, int Target = 0)
    {
        public ReadOnlyMemory<byte> Octets { get; init; }

        public Base64Literal? Base64 { get; init; }

        public bool EndsMidLine { get; init; }
    }

    private struct State
    {
        public bool MidLine;
        public Base64Writer Base64;
    }
}
