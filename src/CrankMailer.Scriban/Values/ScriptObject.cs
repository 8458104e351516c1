namespace CrankMailer.Scriban.Values;

/// <summary>
/// An object of the language: ordered members, some of them read-only. What came from the host is converted when
/// first read, and kept, so that a template changes only its own copy.
/// </summary>
internal sealed class ScriptObject(ScriptObject? prototype = null)
{
    private readonly OrderedDictionary<string, object?> members = new(StringComparer.Ordinal);
    private HashSet<string>? readOnly;

    /// <summary>Set on objects that renders share; nothing may be assigned to them.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>What a call of the object itself does: <c>date '2026-01-01'</c> is <c>date.parse</c>.</summary>
    public ScriptFunction? Callable { get; init; }

    public int Count => members.Count;

    public IEnumerable<string> Keys => members.Keys;

    public IEnumerable<KeyValuePair<string, object?>> Members
    {
        get
        {
            for (var i = 0; i < members.Count; i++) yield return new(members.GetAt(i).Key, ReadAt(i));
        }
    }

    public bool TryGet(string name, out object? value)
    {
        var at = members.IndexOf(name);
        if (at >= 0)
        {
            value = ReadAt(at);
            return true;
        }
        if (prototype is not null) return prototype.TryGet(name, out value);
        value = null;
        return false;
    }

    public bool Has(string name) => members.ContainsKey(name) || prototype is not null && prototype.Has(name);

    public bool IsReadOnly(string name) => IsFrozen || readOnly is not null && readOnly.Contains(name);

    public void MakeReadOnly(string name) => (readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);

    /// <summary>The caller has asked <see cref="IsReadOnly"/>.</summary>
    public void Set(string name, object? value) => members[name] = value;

    private object? ReadAt(int at)
    {
        var value = members.GetAt(at).Value;
        if (value is not HostReference reference) return value;
        value = reference.Read();
        if (!IsFrozen) members.SetAt(at, value);
        return value;
    }
}

/// <summary>A value of the host that is converted when a template first asks for it.</summary>
internal abstract class HostReference
{
    public abstract object? Read();
}

/// <summary>The value of <c>empty</c> and <c>blank</c>: equal to every object and list without content.</summary>
internal sealed class EmptyValue
{
    public static readonly EmptyValue Instance = new();
}
