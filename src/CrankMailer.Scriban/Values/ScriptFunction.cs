using CrankMailer.Scriban.Evaluation;
using CrankMailer.Scriban.Syntax;

namespace CrankMailer.Scriban.Values;

/// <summary>One evaluated argument and where it stands in the template.</summary>
internal readonly record struct ArgumentValue(string? Name, object? Value, SourceSpan Span);

/// <summary>What a call looks like to a function: the place of the whole call, and how the function was named there.</summary>
internal readonly record struct CallSite(SourceSpan Span, string Name);

internal abstract class ScriptFunction
{
    public abstract object? Invoke(Evaluator evaluator, CallSite site, IReadOnlyList<ArgumentValue> arguments);
}

/// <summary>A function declared in a template.</summary>
internal sealed class UserFunction(FunctionDeclaration declaration) : ScriptFunction
{
    public override object? Invoke(Evaluator evaluator, CallSite site, IReadOnlyList<ArgumentValue> arguments) =>
        evaluator.InvokeUser(declaration, site, arguments);
}

/// <summary>A function of the host, found in its model.</summary>
internal sealed class HostFunction(ScribanFunction function) : ScriptFunction
{
    public override object? Invoke(Evaluator evaluator, CallSite site, IReadOnlyList<ArgumentValue> arguments) =>
        HostValues.Import(function([.. arguments.Select(a => LiveText.Flatten(a.Value))]));
}
