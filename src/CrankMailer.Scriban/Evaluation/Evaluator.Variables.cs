using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>Reading and assigning variables, members and elements.</summary>
internal sealed partial class Evaluator
{
    private object? EvaluatePath(Expression path)
    {
        var value = Resolve(path);
        if (value is ScriptFunction function) return CallWithPiped(function, path);
        if (value is ScriptObject { Callable: { } parser } && piped is not null) return CallWithPiped(parser, path);
        if (value is null && piped is not null && path is not LiteralExpression) throw NoFunction(path);
        return value;
    }

    /// <summary>What a path holds; a function is not called.</summary>
    private object? Resolve(Expression path) => path switch
    {
        VariableExpression variable => ReadVariable(variable),
        MemberExpression member => ReadMember(member),
        IndexExpression element => ReadElement(element),
        ThisExpression => scopes[^1].Members,
        _ => Evaluate(path),
    };

    private object? ReadVariable(VariableExpression variable)
    {
        if (variable.IsLocal)
        {
            if (variable.Name == "$") return frame.Arguments;
            return frame.Locals.GetValueOrDefault(variable.Name);
        }
        for (var i = scopes.Count - 1; i >= 0; i--)
        {
            var loops = scopes[i].Loops;
            for (var j = loops.Count - 1; j >= 0; j--)
                if (loops[j].TryGet(variable.Name, out var item)) return item;
            if (scopes[i].Members.TryGet(variable.Name, out var value)) return value;
        }
        return options.StrictVariables ? throw UnknownVariable(variable) : null;
    }

    private ScribanException UnknownVariable(VariableExpression variable)
    {
        var known = scopes.SelectMany(s => s.Members.Keys).Concat(Builtins.Library.Root.Keys);
        var near = Spelling.Nearest(variable.Name, known);
        var hint = near is null ? "" : $". Did you mean `{near}`?";
        return variable.Span.Error($"The variable or function `{variable.Name}` was not found{hint}");
    }

    /// <summary>What stands before a dot or bracket gets nothing from a pipe.</summary>
    private object? EvaluateTarget(Expression target)
    {
        var outer = piped;
        piped = null;
        var value = Evaluate(target);
        piped = outer;
        return value;
    }

    private object? ReadMember(MemberExpression member)
    {
        var target = EvaluateTarget(member.Target);
        switch (target)
        {
            case ScriptObject map: return map.TryGet(member.Name, out var value) ? value : null;
            case null: return member.IsOptional ? null : throw member.NameSpan.Error($"Cannot get the member {member.Text} for a null object.");
            case LoopState loop: return loop.Member(member.Name);
            case ScriptArray list: return member.Name == "size" ? list.Count : ReadProperty(list, member.Name);
            case ScriptRange range: return member.Name == "size" ? Arithmetic.Fit(range.Count) : null;
            case string or LiveText: return member.Name == "size" ? target.ToString()?.Length : null;
            case DateTime date: return DateMembers.Of(date, member.Name);
            case TimeSpan time: return DateMembers.Of(time, member.Name);
            case EmptyValue or ScriptFunction: return null;
            default:
                throw PrimitiveMember(target, member);
        }
    }

    private ScribanException PrimitiveMember(object target, MemberExpression member) =>
        member.Span.Error($"Cannot get or set a member on the primitive `{ToText(target, member.Span)}/{TypeNames.Of(target)}` when accessing member: {member.Name}");

    private static object? ReadProperty(ScriptArray list, string name) =>
        list.Properties is not null && list.Properties.TryGet(name, out var value) ? value : null;

    private object? ReadElement(IndexExpression element)
    {
        var target = EvaluateTarget(element.Target);
        if (target is null) throw element.Target.Span.Error($"Object `{element.Target.Text}` is null. Cannot access indexer: {element.Text}");
        var index = LiveText.Flatten(EvaluateTarget(element.Index))
            ?? throw element.Index.Span.Error($"Cannot access target `{element.Target.Text}` with a null indexer: {element.Text}");
        switch (target)
        {
            case ScriptObject map: return map.TryGet(ToText(index, element.Index.Span), out var value) ? value : null;
            case ScriptArray list when index is string name: return name == "size" ? list.Count : ReadProperty(list, name);
            case ScriptArray list: return At(list.Count, index, element) is { } at ? list[at] : null;
            case ScriptRange range: return At((int)range.Count, index, element) is { } step ? range.Items.ElementAt(step) : null;
            case string text: return At(text.Length, index, element) is { } character ? text[character].ToString() : null;
            case LiveText text: return At(text.Text.Length, index, element) is { } place ? text.Text[place].ToString() : null;
            case LoopState loop when index is string name: return loop.Member(name);
            case EmptyValue: return null;
            default: throw element.Target.Span.Error($"Cannot use the {TypeNames.Of(target)} primitive `{ToText(target, element.Target.Span)}` as a list.");
        }
    }

    /// <summary>A negative index counts from the end; null where there is no such element.</summary>
    private static int? At(int count, object index, IndexExpression element)
    {
        var at = Conversions.ToInt(index, element.Index.Span);
        if (at < 0) at += count;
        return at >= 0 && at < count ? at : null;
    }

    private void Assign(PathExpression target, object? value)
    {
        switch (target)
        {
            case VariableExpression variable: AssignVariable(variable, value); break;
            case MemberExpression member: AssignMember(EvaluateTarget(member.Target), member, value); break;
            case IndexExpression element: AssignElement(EvaluateTarget(element.Target), element, value); break;
            default: throw target.Span.Error($"Cannot set the variable `{target.Text}`");
        }
    }

    private void AssignVariable(VariableExpression variable, object? value)
    {
        if (IsReadOnly(variable)) throw variable.Span.Error($"Cannot set the readonly variable `{variable.Name}`");
        if (variable.IsLocal)
        {
            if (variable.Name == "$") throw variable.Span.Error("Cannot set the variable `$`");
            frame.Locals[variable.Name] = value;
            return;
        }
        var loops = scopes[^1].Loops;
        for (var i = loops.Count - 1; i >= 0; i--)
            if (loops[i].TrySet(variable.Name, value)) return;
        scopes[^1].Members.Set(variable.Name, value);
    }

    private bool IsReadOnly(VariableExpression variable) => variable.IsLocal
        ? frame.ReadOnlyLocals is not null && frame.ReadOnlyLocals.Contains(variable.Name)
        : scopes[^1].Members.IsReadOnly(variable.Name);

    private void ExecuteReadOnly(VariableExpression variable)
    {
        if (variable.IsLocal) (frame.ReadOnlyLocals ??= new HashSet<string>(StringComparer.Ordinal)).Add(variable.Name);
        else scopes[^1].Members.MakeReadOnly(variable.Name);
    }

    private void AssignMember(object? target, MemberExpression member, object? value)
    {
        if (target is null) throw member.NameSpan.Error($"Cannot set the member {member.Text} for a null object.");
        var members = target as ScriptObject ?? (target as ScriptArray)?.OwnProperties()
            ?? throw PrimitiveMember(target, member);
        if (members.IsReadOnly(member.Name) || target is ScriptArray && member.Name == "size")
            throw member.NameSpan.Error($"Cannot set a value for the readonly member: {member.Text}");
        members.Set(member.Name, value);
    }

    private void AssignElement(object? target, IndexExpression element, object? value)
    {
        if (target is null) throw element.Target.Span.Error($"Object `{element.Target.Text}` is null. Cannot access indexer: {element.Text}");
        var index = LiveText.Flatten(EvaluateTarget(element.Index))
            ?? throw element.Index.Span.Error($"Cannot access target `{element.Target.Text}` with a null indexer: {element.Text}");
        if (target is ScriptArray list && index is not string)
        {
            var at = Conversions.ToInt(index, element.Index.Span);
            if (at < 0) at += list.Count;
            if (at < 0) throw element.Index.Span.Error($"The index {at - list.Count} is outside of the list `{element.Target.Text}`");
            Budget.ChargeWork(Math.Max(1, at - list.Count + 1), element.Index.Span);
            list.Set(at, value);
            return;
        }
        var members = target as ScriptObject ?? (target as ScriptArray)?.OwnProperties()
            ?? throw element.Target.Span.Error($"Cannot use the {TypeNames.Of(target)} primitive `{ToText(target, element.Target.Span)}` as a list.");
        var name = ToText(index, element.Index.Span);
        if (members.IsReadOnly(name)) throw element.Index.Span.Error($"Cannot set a value for the readonly member `{name}` in the indexer: {element.Text}");
        members.Set(name, value);
    }
}
