using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary><c>for</c>, <c>tablerow</c> and <c>while</c>.</summary>
internal sealed partial class Evaluator
{
    private void ExecuteFor(ForStatement loop)
    {
        var value = Evaluate(loop.Iterator);
        var items = SelectItems(loop, value);
        if (items.Count == 0)
        {
            if (loop.Else is not null) Execute(loop.Else);
            return;
        }
        var columns = loop.Arguments.Columns is { } cols ? Conversions.ToInt(Evaluate(cols), cols.Span) : 1;
        var state = new LoopState(items.Count, columns);
        var variable = new LoopVariable(loop.Variable.IsLocal ? "" : loop.Variable.Name, loop.IsTableRow ? "tablerow" : "for", state);
        var loops = scopes[^1].Loops;
        loops.Add(variable);
        for (var i = 0; i < items.Count; i++)
        {
            Step(i + 1, loop.Span);
            state.Index = i;
            state.Changed = i == 0 || !operators.AreEqual(items[i - 1], items[i], loop.Iterator.Span);
            variable.Value = items[i];
            if (loop.Variable.IsLocal) frame.Locals[loop.Variable.Name] = items[i];
            if (loop.IsTableRow) ExecuteCell(loop, i, items.Count, Math.Max(1, columns));
            else Execute(loop.Body);
            if (LeavesLoop()) break;
        }
        loops.RemoveAt(loops.Count - 1);
        if (loop.Variable.IsLocal) frame.Locals.Remove(loop.Variable.Name);
    }

    private void ExecuteCell(ForStatement loop, int index, int count, int columns)
    {
        var column = index % columns;
        if (column == 0) WriteLiteral($"<tr class=\"row{index / columns + 1}\">", loop.Span);
        WriteLiteral($"<td class=\"col{column + 1}\">", loop.Span);
        Execute(loop.Body);
        WriteLiteral("</td>", loop.Span);
        if (column == columns - 1 || index == count - 1) WriteLiteral("</tr>\n", loop.Span);
    }

    /// <summary>First offset, then limit, then reversed, in whatever order they are written.</summary>
    private ScriptArray SelectItems(ForStatement loop, object? value)
    {
        if (FindItems(value, loop.Iterator.Span) is not { } items)
        {
            if (value is null) return new ScriptArray();
            throw loop.Iterator.Span.Error($"Unexpected type `{TypeNames.Clr(value)}` for iterator");
        }
        var (offset, limit, _, reversed) = loop.Arguments;
        if (offset is not null) items = items.Skip(Conversions.ToInt(Evaluate(offset), offset.Span));
        if (limit is not null) items = items.Take(Conversions.ToInt(Evaluate(limit), limit.Span));
        if (reversed) items = items.Reverse();
        var result = new ScriptArray(items);
        Budget.ChargeWork(result.Count, loop.Iterator.Span);
        return result;
    }

    /// <summary>What a loop goes through; null where a value cannot be gone through. An object gives its members as {key, value}.</summary>
    public IEnumerable<object?>? FindItems(object? value, SourceSpan span) => value switch
    {
        ScriptArray list => list.Items,
        ScriptRange range => range.Items,
        string text => Characters(text),
        LiveText text => Characters(text.Text),
        ScriptObject map => map.Members.Select(KeyAndValue),
        EmptyValue => [],
        _ => null,
    };

    private static IEnumerable<object?> Characters(string text) => text.Select(c => (object?)c.ToString());

    private static object? KeyAndValue(KeyValuePair<string, object?> member)
    {
        var pair = new ScriptObject();
        pair.Set("key", member.Key);
        pair.Set("value", member.Value);
        return pair;
    }

    private void ExecuteWhile(WhileStatement loop)
    {
        var state = new LoopState(-1, 1);
        var loops = scopes[^1].Loops;
        loops.Add(new LoopVariable("", "while", state));
        for (var index = 0; ; index++)
        {
            state.Index = index;
            if (!Conversions.IsTrue(Evaluate(loop.Condition))) break;
            Step(index + 1, loop.Span);
            Execute(loop.Body);
            if (LeavesLoop()) break;
        }
        loops.RemoveAt(loops.Count - 1);
    }

    private void Step(int step, SourceSpan span)
    {
        Budget.ChargeWork(1, span);
        if (step > Budget.Limits.LoopSteps)
            throw span.Error($"Exceeding number of iteration limit `{Budget.Limits.LoopSteps}` for loop statement.");
    }

    private bool LeavesLoop()
    {
        if (flow == Flow.Continue) flow = Flow.None;
        if (flow != Flow.Break) return flow == Flow.Return;
        flow = Flow.None;
        return true;
    }
}
