using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>Included templates.</summary>
internal sealed partial class Evaluator
{
    private readonly Dictionary<string, BlockStatement> included = new(StringComparer.Ordinal);

    /// <summary>
    /// What the template of that name writes. It sees the caller's variables but has local ones of its own; <c>$</c> holds the name
    /// and the further arguments, and named arguments are local variables too.
    /// </summary>
    public object Include(string name, CallSite site, IReadOnlyList<ArgumentValue> arguments)
    {
        var body = FindIncluded(name, site);
        var direct = new ScriptArray();
        BindFreely(direct, arguments);
        var inner = new Frame(direct);
        foreach (var argument in arguments)
            if (argument.Name is not null) inner.Locals["$" + argument.Name] = argument.Value;
        return Capture(body, inner, site.Span);
    }

    private BlockStatement FindIncluded(string name, CallSite site)
    {
        if (string.IsNullOrEmpty(name)) throw site.Span.Error("Include template name cannot be null or empty");
        if (included.TryGetValue(name, out var known)) return known;
        if (options.Include is null && options.IncludeTemplate is null)
            throw site.Span.Error($"Unable to include <{name}>. No template loader is set");
        var body = ParseIncluded(name, site);
        included[name] = body;
        return body;
    }

    private BlockStatement ParseIncluded(string name, CallSite site)
    {
        if (options.IncludeTemplate?.Invoke(name) is { } template)
            return template.Errors.Count == 0 ? template.Body : throw Broken(name, site, template.Errors);
        var text = options.Include?.Invoke(name) ?? throw site.Span.Error($"Include template `{name}` not found");
        Budget.ChargeWork(1 + text.Length / 64, site.Span);
        var (body, problems) = Parser.Parse(new SourceText(name, text), Budget.Limits.Nesting);
        return problems.Count == 0 ? body : throw Broken(name, site, problems);
    }

    private static ScribanException Broken(string name, CallSite site, IReadOnlyList<ScribanProblem> problems) =>
        site.Span.Error($"Error while parsing template `{name}` Parser messages:\n {string.Join("\n ", problems)}\n");
}
