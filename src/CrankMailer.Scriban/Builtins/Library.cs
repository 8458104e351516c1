using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Builtins;

/// <summary>The names every template knows. Shared by all renders, so nothing in it can be changed.</summary>
internal static class Library
{
    /// <summary>The date module, from which each render makes its own, since <c>date.format</c> can be set.</summary>
    public static ScriptObject Date { get; } = Freeze(DateFunctions.Create());

    public static ScriptObject Root { get; } = CreateRoot();

    private static ScriptObject CreateRoot()
    {
        var root = new ScriptObject();
        root.Set("array", Freeze(ArrayFunctions.Create()));
        root.Set("date", Date);
        root.Set("html", Freeze(HtmlFunctions.Create()));
        root.Set("math", Freeze(MathFunctions.Create()));
        root.Set("object", Freeze(ObjectFunctions.Create()));
        root.Set("regex", Freeze(RegexFunctions.Create()));
        root.Set("string", Freeze(StringFunctions.Create()));
        root.Set("timespan", Freeze(TimeSpanFunctions.Create()));
        root.Set("include", new IncludeFunction());
        root.Set("include_join", IncludeJoin.Create());
        root.Set("empty", EmptyValue.Instance);
        root.Set("blank", EmptyValue.Instance);
        return Freeze(root);
    }

    private static ScriptObject Freeze(ScriptObject module)
    {
        module.IsFrozen = true;
        return module;
    }

    public static void Add(this ScriptObject module, string name, Func<BuiltinCall, object?> body, params BuiltinParameter[] parameters) =>
        module.Set(name, new BuiltinFunction(name, parameters, body));
}
