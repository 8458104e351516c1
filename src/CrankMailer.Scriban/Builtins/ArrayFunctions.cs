using System.Text;
using CrankMailer.Scriban.Evaluation;
using CrankMailer.Scriban.Values;
using static CrankMailer.Scriban.Values.BuiltinParameter;

namespace CrankMailer.Scriban.Builtins;

/// <summary>The <c>array</c> module. Every function leaves its list as it was and gives a new one.</summary>
internal static class ArrayFunctions
{
    public static ScriptObject Create()
    {
        var module = new ScriptObject();
        module.Add("add", c => new ScriptArray(Items(c).Append(c.Any(1))), List("list"), Any("value"));
        module.Add("add_range", c => new ScriptArray(Items(c).Concat(c.List(1)?.Items ?? [])), List("list1"), List("list2"));
        module.Add("concat", c => new ScriptArray(Items(c).Concat(c.List(1)?.Items ?? [])), List("list1"), List("list2"));
        module.Add("compact", c => c.List(0) is null ? null : new ScriptArray(Items(c).Where(i => i is not null)), List("list"));
        module.Add("cycle", Cycle, List("list"), Any("group").Or(null));
        module.Set("any", new BuiltinFunction("any", [List("list"), Any("function")], AnyItem, takesMore: true));
        module.Set("each", new BuiltinFunction("each", [List("list"), Any("function")], Each, takesMore: true));
        module.Set("filter", new BuiltinFunction("filter", [List("list"), Any("function")], Filter, takesMore: true));
        module.Add("first", c => Items(c).FirstOrDefault(), List("list"));
        module.Add("insert_at", InsertAt, List("list"), Int("index"), Any("value"));
        module.Add("join", Join, List("list"), Text("delimiter"), Any("function").Or(null));
        module.Add("last", c => c.List(0) is { Count: > 0 } list ? list[list.Count - 1] : null, List("list"));
        module.Add("limit", c => c.List(0) is null ? null : new ScriptArray(Items(c).Take(c.Int(1))), List("list"), Int("count"));
        module.Add("map", Map, List("list"), Text("member"));
        module.Add("offset", c => c.List(0) is null ? null : new ScriptArray(Items(c).Skip(c.Int(1))), List("list"), Int("index"));
        module.Add("remove_at", RemoveAt, List("list"), Int("index"));
        module.Add("reverse", c => new ScriptArray(Items(c).Reverse()), List("list"));
        module.Add("size", c => c.List(0)?.Count ?? 0, List("list"));
        module.Add("sort", Sort, List("list"), Text("member").Or(null));
        module.Add("uniq", Unique, List("list"));
        module.Add("contains", Contains, List("list"), Any("item"));
        return module;
    }

    private static IEnumerable<object?> Items(BuiltinCall call) => call.List(0)?.Items ?? [];

    private static object? Cycle(BuiltinCall call)
    {
        if (call.List(0) is not { Count: > 0 } list) return null;
        var key = call.Any(1) is { } group ? call.Evaluator.ToText(group, call.Site.Span) : JoinItems(call, list, ",", null);
        var cycles = call.Evaluator.Cycles;
        var at = cycles.GetValueOrDefault(key) % list.Count;
        cycles[key] = at + 1;
        return list[at];
    }

    private static ScriptFunction Function(BuiltinCall call) => call.Any(1) as ScriptFunction
        ?? throw call.Site.Span.Error($"The argument `{TypeNames.Of(call.Any(1))}` passed to `{call.Site.Name}` is not a function");

    private static object? Apply(BuiltinCall call, ScriptFunction function, object? item) =>
        call.Evaluator.Invoke(function, call.Site, [new ArgumentValue(null, item, call.Site.Span), .. call.Rest]);

    private static object AnyItem(BuiltinCall call)
    {
        var function = Function(call);
        return Items(call).Any(i => Conversions.IsTrue(Apply(call, function, i)));
    }

    private static object? Each(BuiltinCall call)
    {
        if (call.List(0) is null) return null;
        var function = Function(call);
        return new ScriptArray(Items(call).Select(i => Apply(call, function, i)));
    }

    private static object? Filter(BuiltinCall call)
    {
        if (call.List(0) is null) return null;
        var function = Function(call);
        return new ScriptArray(Items(call).Where(i => Conversions.IsTrue(Apply(call, function, i))));
    }

    /// <summary>Behind the end the list is filled up with nulls.</summary>
    private static object InsertAt(BuiltinCall call)
    {
        var list = Items(call).ToList();
        var index = Math.Max(0, call.Int(1));
        call.Evaluator.Budget.ChargeWork(Math.Max(0, index - list.Count), call.Site.Span);
        while (list.Count < index) list.Add(null);
        list.Insert(index, call.Any(2));
        return new ScriptArray(list);
    }

    private static object RemoveAt(BuiltinCall call)
    {
        var list = Items(call).ToList();
        var index = call.Int(1) < 0 ? list.Count + call.Int(1) : call.Int(1);
        if (index >= 0 && index < list.Count) list.RemoveAt(index);
        return new ScriptArray(list);
    }

    private static string Join(BuiltinCall call) =>
        call.List(0) is { } list ? JoinItems(call, list, call.Text(1) ?? "", call.Any(2) as ScriptFunction) : "";

    private static string JoinItems(BuiltinCall call, ScriptArray list, string delimiter, ScriptFunction? function)
    {
        var result = new StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) result.Append(delimiter);
            object? text = list[i] is { } item ? call.Evaluator.ToText(item, call.Site.Span) : "";
            if (function is not null) text = Apply(call, function, text);
            if (text is not null) result.Append(call.Evaluator.ToText(text, call.Site.Span));
            if (result.Length > call.Evaluator.Budget.Limits.TextLength) call.Evaluator.Budget.ChargeText(result.Length, call.Site.Span);
        }
        return result.ToString();
    }

    /// <summary>Items without the member are left out; a member that is null stays.</summary>
    private static object? Map(BuiltinCall call)
    {
        if (call.List(0) is null || call.Text(1) is not { } member) return null;
        var result = new ScriptArray();
        foreach (var item in Items(call))
            if (TryMember(item, member, out var value)) result.Add(value);
        return result;
    }

    private static bool TryMember(object? item, string member, out object? value)
    {
        value = item switch
        {
            ScriptObject map when map.TryGet(member, out var found) => found,
            DateTime date => DateMembers.Of(date, member),
            TimeSpan time => DateMembers.Of(time, member),
            string text when member == "size" => text.Length,
            ScriptArray list when member == "size" => list.Count,
            _ => null,
        };
        return value is not null || item is ScriptObject holder && holder.Has(member);
    }

    private static object? Sort(BuiltinCall call)
    {
        if (call.List(0) is null) return null;
        var member = call.Text(1);
        Func<object?, object?> key = string.IsNullOrEmpty(member) ? i => i : i => TryMember(i, member, out var value) ? value : null;
        call.Evaluator.Budget.ChargeWork(Items(call).Count() * 8L, call.Site.Span);
        try
        {
            return new ScriptArray(Items(call).OrderBy(key, new ValueOrder(call)));
        }
        catch (InvalidOperationException e)
        {
            // The runtime wraps what a comparison throws; without one the values have no consistent order, such as NaN.
            throw e.InnerException as ScribanException ?? call.Error("The values of the list cannot be put into an order");
        }
    }

    private static object? Unique(BuiltinCall call) => call.List(0) is null ? null : new ScriptArray(Items(call).Distinct());

    private static object Contains(BuiltinCall call) =>
        Items(call).Any(i => i is null ? call.Any(1) is null : call.Any(1) is { } wanted && call.Evaluator.AreEqual(i, wanted, call.Site.Span));
}

/// <summary>The order of <c>array.sort</c>: nulls first, numbers by value, texts in the render's culture.</summary>
internal sealed class ValueOrder(BuiltinCall call) : IComparer<object?>
{
    public int Compare(object? x, object? y)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        if (x is string a && y is string b) return call.Evaluator.CompareText(a, b);
        if (call.Evaluator.Calculate(Syntax.BinaryOperator.Less, call.Site.Span, x, y) is true) return -1;
        return call.Evaluator.Calculate(Syntax.BinaryOperator.Greater, call.Site.Span, x, y) is true ? 1 : 0;
    }
}
