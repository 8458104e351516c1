namespace CrankMailer.Scriban.Values;

/// <summary>A list of the language. It may bear properties beside its items: <c>a.x = 1</c>.</summary>
internal sealed class ScriptArray
{
    private readonly List<object?> items;

    public ScriptArray() => items = [];

    public ScriptArray(IEnumerable<object?> values) => items = [.. values];

    public int Count => items.Count;

    public ScriptObject? Properties { get; private set; }

    public object? this[int index]
    {
        get
        {
            var value = items[index];
            if (value is HostReference reference) items[index] = value = reference.Read();
            return value;
        }
    }

    public IEnumerable<object?> Items
    {
        get
        {
            for (var i = 0; i < items.Count; i++) yield return this[i];
        }
    }

    public void Add(object? value) => items.Add(value);

    /// <summary>Sets an item; a list grows with nulls up to an index behind its end.</summary>
    public void Set(int index, object? value)
    {
        while (items.Count <= index) items.Add(null);
        items[index] = value;
    }

    public ScriptObject OwnProperties() => Properties ??= new ScriptObject();
}

/// <summary><c>from..to</c>: both ends belong to it. Empty where to is less than from by one.</summary>
internal sealed record ScriptRange(long From, long To, bool Descends)
{
    public long Count => Descends ? From - To + 1 : Math.Max(0, To - From + 1);

    public IEnumerable<object?> Items
    {
        get
        {
            var count = Count;
            for (long i = 0; i < count; i++)
            {
                var value = Descends ? From - i : From + i;
                yield return value is >= int.MinValue and <= int.MaxValue ? (object)(int)value : value;
            }
        }
    }
}
