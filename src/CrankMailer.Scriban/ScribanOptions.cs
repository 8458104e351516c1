using System.Globalization;

namespace CrankMailer.Scriban;

/// <summary>How one render behaves. All have working defaults.</summary>
public sealed record ScribanOptions
{
    public static ScribanOptions Default { get; } = new();

    /// <summary>Gives the text of an included template by its name, or null where there is none. Null: nothing can be included.</summary>
    public Func<string, string?>? Include { get; init; }

    /// <summary>Like <see cref="Include"/>, with templates already parsed; asked first.</summary>
    public Func<string, ScribanTemplate?>? IncludeTemplate { get; init; }

    public ScribanLimits Limits { get; init; } = ScribanLimits.Default;

    /// <summary>For numbers and dates. Scriban's default is the invariant culture.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>What <c>date.now</c> reads.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>An unknown variable is an error with a "did you mean", not empty.</summary>
    public bool StrictVariables { get; init; }

    /// <summary>Further lines of a value written behind an indent are indented alike. On by default, as in Scriban.</summary>
    public bool AutoIndent { get; init; } = true;

    /// <summary>
    /// Every value that reaches the output (never literal text) passes through this. Text that captures and includes carry
    /// passes once, when it reaches the output, and only those parts of it that were values.
    /// </summary>
    public Func<string, string>? EscapeValue { get; init; }
}
