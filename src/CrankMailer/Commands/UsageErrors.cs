using System.CommandLine;
using System.CommandLine.Parsing;

namespace CrankMailer.Commands;

/// <summary>The one place where what the parser says of a value becomes words for people: it names .NET types.</summary>
internal static class UsageErrors
{
    public static string Say(ParseError error) => error.SymbolResult switch
    {
        OptionResult option when Expected(error, option.Option.ValueType) is { } expected => Words(option, option.Option.Name, expected),
        ArgumentResult argument when Expected(error, argument.Argument.ValueType) is { } expected =>
            argument.Parent is OptionResult option ? Words(option, option.Option.Name, expected) : Words(argument, $"<{argument.Argument.Name}>", expected),
        _ => error.Message,
    };

    /// <summary>As it was typed: <c>crankmailer campaign start</c>.</summary>
    public static string NameOf(CommandResult command) => command.Parent is CommandResult above ? $"{NameOf(above)} {command.Command.Name}" : command.Command.Name;

    private static string Words(SymbolResult result, string name, string expected) =>
        $"{name} takes {expected}, and not '{string.Join(' ', result.Tokens.Where(token => token.Type == TokenType.Argument).Select(token => token.Value))}'.";

    /// <summary>Null where it is another error than one of conversion: those name the type, in whatever language.</summary>
    private static string? Expected(ParseError error, Type type)
    {
        if (!error.Message.Contains(type.ToString(), StringComparison.Ordinal)) return null;
        var of = Nullable.GetUnderlyingType(type) ?? type;
        if (of == typeof(int) || of == typeof(long)) return "a whole number";
        if (of == typeof(DateOnly)) return "a date such as 2026-06-18";
        if (of == typeof(DateTime) || of == typeof(DateTimeOffset)) return "a time such as 2026-06-18T17:00";
        if (of == typeof(TimeSpan)) return "a length of time such as 00:05:00";
        if (of == typeof(bool)) return "true or false";
        if (of == typeof(double) || of == typeof(decimal)) return "a number such as 2.5";
        return of.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(of).Select(name => name.ToLowerInvariant()))}" : "something else";
    }
}
