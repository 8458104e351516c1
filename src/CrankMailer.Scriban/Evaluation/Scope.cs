using CrankMailer.Scriban.Syntax;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>One object context: the model, the object of a <c>with</c>, or the parameters of a function, and the loops running in it.</summary>
internal sealed class Scope(ScriptObject members)
{
    public ScriptObject Members { get; } = members;

    public List<LoopVariable> Loops { get; } = [];
}

/// <summary>The variable of a running loop and, under the loop's keyword, its state.</summary>
internal sealed class LoopVariable(string name, string keyword, LoopState state)
{
    public object? Value { get; set; }

    public bool TryGet(string wanted, out object? value)
    {
        value = wanted == name ? Value : wanted == keyword ? state : null;
        return wanted == name || wanted == keyword;
    }

    public bool TrySet(string wanted, object? value)
    {
        if (wanted != name) return false;
        Value = value;
        return true;
    }
}

/// <summary><c>for.index</c> and its kin. Length is -1 in a while loop, which does not know it.</summary>
internal sealed class LoopState(int length, int columns)
{
    public int Index { get; set; }

    public bool Changed { get; set; } = true;

    public object? Member(string name) => name switch
    {
        "index" => Index,
        "first" => Index == 0,
        "even" => Index % 2 == 0,
        "odd" => Index % 2 != 0,
        "last" when length >= 0 => Index == length - 1,
        "rindex" when length >= 0 => length - Index - 1,
        "length" when length >= 0 => length,
        "changed" => Changed,
        "col" => Index % Math.Max(1, columns) + 1,
        _ => null,
    };
}

/// <summary>The local variables of a function call, an include or the template itself.</summary>
internal sealed class Frame(ScriptArray arguments)
{
    public ScriptArray Arguments { get; } = arguments;

    public Dictionary<string, object?> Locals { get; } = new(StringComparer.Ordinal);

    public HashSet<string>? ReadOnlyLocals { get; set; }

    /// <summary>What <c>$$</c> runs.</summary>
    public BlockStatement? Block { get; set; }
}
