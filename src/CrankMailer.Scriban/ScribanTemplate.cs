using System.Buffers;
using CrankMailer.Scriban.Evaluation;
using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban;

/// <summary>A parsed template. It never changes, so any number of threads may render it at once.</summary>
public sealed class ScribanTemplate
{
    private const string DefaultName = "<input>";

    private readonly Lazy<IReadOnlyList<string>> globalPaths;

    private ScribanTemplate(string name, BlockStatement body, IReadOnlyList<ScribanProblem> errors)
    {
        Name = name;
        Body = body;
        Errors = errors;
        globalPaths = new(() => GlobalPathFinder.Find(Body));
    }

    /// <summary>How errors name this template.</summary>
    public string Name { get; }

    /// <summary>What keeps the template from being rendered; empty for a good one.</summary>
    public IReadOnlyList<ScribanProblem> Errors { get; }

    /// <summary>
    /// The paths this template reads from its model, such as <c>issue.title</c>: every one that begins with a name it does
    /// not itself assign and that is not a built-in. Sorted; a member of a loop's variable is not followed.
    /// </summary>
    public IReadOnlyList<string> GlobalPaths => globalPaths.Value;

    internal BlockStatement Body { get; }

    /// <summary>Never throws: what is wrong is in <see cref="Errors"/>.</summary>
    public static ScribanTemplate Parse(string text, string? name = null, ScribanLimits? limits = null)
    {
        var source = new SourceText(name ?? DefaultName, text);
        var (body, problems) = Parser.Parse(source, (limits ?? ScribanLimits.Default).Nesting);
        return new ScribanTemplate(source.Name, body, problems);
    }

    /// <summary>Parses and renders in one step.</summary>
    /// <exception cref="ScribanException">The template does not parse, or failed while running.</exception>
    public static string Render(string template, object? model, Func<string, string?>? include = null) =>
        Parse(template).Render(model, new ScribanOptions { Include = include }, CancellationToken.None);

    /// <exception cref="ScribanException">The template has errors, failed while running, or exceeded a limit.</exception>
    public string Render(object? model, ScribanOptions options, CancellationToken ct)
    {
        var output = new StringWriter();
        Render(model, output, options, ct);
        return output.ToString();
    }

    /// <inheritdoc cref="Render(object?, ScribanOptions, CancellationToken)"/>
    public void Render(object? model, TextWriter output, ScribanOptions options, CancellationToken ct) =>
        Run(model, new WriterSink(output), options, tracksOrigin: false, ct);

    /// <summary>Renders UTF-8 straight into a buffer.</summary>
    /// <inheritdoc cref="Render(object?, ScribanOptions, CancellationToken)"/>
    public void Render(object? model, IBufferWriter<byte> output, ScribanOptions options, CancellationToken ct) =>
        Run(model, new Utf8Sink(output), options, tracksOrigin: false, ct);

    /// <summary>Renders to an output that is told which text is literal and which is value.</summary>
    /// <inheritdoc cref="Render(object?, ScribanOptions, CancellationToken)"/>
    public void Render(object? model, ScribanOutput output, ScribanOptions options, CancellationToken ct)
    {
        Run(model, new OutputSink(output), options, tracksOrigin: true, ct);
        output.Complete();
    }

    private void Run(object? model, Sink sink, ScribanOptions options, bool tracksOrigin, CancellationToken ct)
    {
        if (Errors.Count > 0) throw new ScribanException(Errors);
        if (options.EscapeValue is { } escape) sink = new EscapingSink(sink, escape);
        var evaluator = new Evaluator(options, HostValues.ImportModel(model), sink, tracksOrigin || options.EscapeValue is not null, ct);
        evaluator.Run(Body);
    }
}
