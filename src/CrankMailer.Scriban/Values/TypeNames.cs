using System.Numerics;

namespace CrankMailer.Scriban.Values;

/// <summary>The names types have in error messages and in <c>object.typeof</c> and <c>object.kind</c>.</summary>
internal static class TypeNames
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        bool => "bool",
        int => "int",
        long => "long",
        float => "float",
        double => "double",
        decimal => "decimal",
        BigInteger => "bigint",
        string or LiveText => "string",
        DateTime => "DateTime",
        TimeSpan => "TimeSpan",
        ScriptRange => "range",
        ScriptArray => "array",
        ScriptFunction => "function",
        _ => "object",
    };

    /// <summary>The name Scriban's own type has, where a message of it shows that.</summary>
    public static string Clr(object? value) => value switch
    {
        ScriptArray => "Scriban.Runtime.ScriptArray",
        ScriptRange => "Scriban.Runtime.ScriptRange",
        ScriptObject or EmptyValue => "Scriban.Runtime.ScriptObject",
        LiveText => "System.String",
        null => "null",
        _ => value.GetType().FullName ?? "object",
    };

    public static bool IsNumber(object? value) => value is int or long or float or double or decimal or BigInteger;

    public static bool IsInteger(object? value) => value is int or long or BigInteger;
}
