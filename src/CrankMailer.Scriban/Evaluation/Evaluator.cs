using System.Globalization;
using System.Runtime.CompilerServices;
using CrankMailer.Scriban.Builtins;
using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>
/// Runs one render. Holds what changes while it runs: the object contexts, the local variables, where output goes, what
/// was spent. Statements, expressions, variables, calls and output are in the files of those names.
/// </summary>
internal sealed partial class Evaluator
{
    private enum Flow { None, Break, Continue, Return }

    private readonly ScribanOptions options;
    private readonly bool tracksOrigin;
    private readonly Operators operators;
    private readonly List<Scope> scopes = [];
    private readonly ScriptObject dateModule;
    private Frame frame = new(new ScriptArray());
    private Sink sink;
    private Flow flow;
    private object? returned;

    public Evaluator(ScribanOptions options, ScriptObject model, Sink sink, bool tracksOrigin, CancellationToken ct)
    {
        this.options = options;
        this.sink = sink;
        this.tracksOrigin = tracksOrigin;
        operators = new Operators(this);
        Budget = new Budget(options.Limits, ct);
        // date.format can be set by a template, so each render has a date module of its own.
        dateModule = new ScriptObject(Library.Date) { Callable = Library.Date.TryGet("parse", out var parse) ? parse as ScriptFunction : null };
        var builtins = new ScriptObject(Library.Root);
        builtins.Set("date", dateModule);
        builtins.IsFrozen = true;
        scopes.Add(new Scope(builtins));
        scopes.Add(new Scope(model));
    }

    public ScribanOptions Options => options;

    /// <summary>Whether the output asks what is literal text and what is value.</summary>
    public bool TracksOrigin => tracksOrigin;

    public Budget Budget { get; }

    public CultureInfo Culture => options.Culture;

    /// <summary>Groups of <c>array.cycle</c> and how far each is.</summary>
    public Dictionary<string, int> Cycles { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs a whole template and writes it; a value it returns at top level is written too.</summary>
    public void Run(BlockStatement body)
    {
        Execute(body);
        FinishTemplate(body.Span);
    }

    private void FinishTemplate(SourceSpan span)
    {
        var value = flow == Flow.Return ? returned : null;
        flow = Flow.None;
        returned = null;
        if (value is not null) Write(value, span);
    }

    /// <summary>The value of code given as text: that of its last expression.</summary>
    public object? EvaluateCode(string code, SourceSpan span)
    {
        var body = ParseNested(new SourceText("<input>", code), codeOnly: true, span);
        object? last = null;
        Budget.EnterRecursion(span);
        var outer = sink;
        sink = new CaptureSink(false);
        foreach (var statement in body.Statements)
        {
            last = statement is ExpressionStatement simple ? Evaluate(simple.Expression) : null;
            if (statement is not ExpressionStatement) ExecuteStatement(statement);
            if (flow != Flow.None) break;
        }
        if (flow == Flow.Return) last = returned;
        (flow, returned) = (Flow.None, null);
        sink = outer;
        Budget.LeaveRecursion();
        return last;
    }

    /// <summary>What a template given as text writes.</summary>
    public object EvaluateTemplate(string text, SourceSpan span) =>
        Capture(ParseNested(new SourceText("<input>", text), codeOnly: false, span), frame, span);

    private BlockStatement ParseNested(SourceText source, bool codeOnly, SourceSpan span)
    {
        var (body, problems) = Parser.Parse(source, Budget.Limits.Nesting, codeOnly);
        Budget.ChargeWork(1 + source.Text.Length / 64, span);
        if (problems.Count > 0) throw span.Error(string.Join('\n', problems));
        return body;
    }

    /// <summary>Runs a template in a frame of its own and gives what it wrote.</summary>
    private object Capture(BlockStatement body, Frame inner, SourceSpan span)
    {
        Budget.EnterRecursion(span);
        var (outerSink, outerFrame, outerOutput) = (sink, frame, outputState);
        var captured = new CaptureSink(tracksOrigin);
        (sink, frame, outputState) = (captured, inner, default);
        Execute(body);
        FinishTemplate(body.Span);
        (sink, frame, outputState) = (outerSink, outerFrame, outerOutput);
        Budget.LeaveRecursion();
        return captured.Result;
    }

    private void GuardStack(SourceSpan span)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw span.Error("The template is nested too deeply.");
    }
}
