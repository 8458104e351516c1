using System.Globalization;
using System.Text.RegularExpressions;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Mail.Rules;

/// <summary>One line of the rules file.</summary>
internal sealed class ReplyRule
{
    private const string Untold = "-";
    private const string Unquoted = "none";

    private readonly string[]? receivers;
    private readonly SmtpPhase[]? phases;
    private readonly bool takesUntoldPhase;
    private readonly string[]? codes;
    private readonly EnhancedRange[]? enhanced;
    private readonly Regex? text;

    /// <param name="columns">class, receiver, phase, code, enhanced, text.</param>
    /// <exception cref="FormatException">A column cannot be read.</exception>
    public ReplyRule(ReplyClass @class, int line, string[] columns)
    {
        (Class, Line) = (@class, line);
        receivers = List(columns[1]);
        var phaseNames = List(columns[2]);
        takesUntoldPhase = phaseNames is null || phaseNames.Contains(Untold);
        phases = phaseNames?.Where(name => name != Untold).Select(name => Enum.TryParse<SmtpPhase>(name, ignoreCase: true, out var phase) ? phase : throw new FormatException($"unknown phase {name}")).ToArray();
        codes = List(columns[3]);
        enhanced = List(columns[4])?.Select(EnhancedRange.Parse).ToArray();
        // Texts come from strangers, but are cut short, and the patterns repeat nothing within a repetition: so the time is
        // bounded. (The engine that does not backtrack needs seconds to build these patterns.)
        text = columns[5] == "*" ? null : new Regex(columns[5], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    public ReplyClass Class { get; }

    public int Line { get; }

    /// <summary>Whose replies it reads; empty where everybody's.</summary>
    public IReadOnlyList<string> Receivers => receivers ?? [];

    /// <param name="phase">Null where a report does not tell: fits * and -.</param>
    /// <param name="code">Null where a report quotes none: fits * and none.</param>
    public bool Fits(string receiver, SmtpPhase? phase, string? code, ReplyWords words) =>
        (receivers is null || receivers.Contains(receiver, StringComparer.OrdinalIgnoreCase))
        && (phase is { } told ? phases is null || phases.Contains(told) : takesUntoldPhase)
        && (codes is null || Array.Exists(codes, prefix => code is null ? prefix == Unquoted : code.StartsWith(prefix, StringComparison.Ordinal)))
        && (enhanced is null || (words.EnhancedCode is { } given && Array.Exists(enhanced, range => range.Holds(given))))
        && (text is null || text.IsMatch(words.Text));

    private static string[]? List(string column) => column == "*" ? null : column.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private readonly record struct EnhancedRange(int Class, int Subject, int From, int To)
    {
        /// <summary>5.1.1, 5.7.*, or 5.7.20-5.7.27 within one subject.</summary>
        public static EnhancedRange Parse(string text)
        {
            if (text.EndsWith(".*", StringComparison.Ordinal)) return Parse(text[..^1] + "0") with { To = 999 };
            var ends = text.Split('-').Select(Numbers).ToArray();
            if (ends.Length > 2 || (ends.Length == 2 && (ends[0][0], ends[0][1]) != (ends[1][0], ends[1][1]))) throw new FormatException($"bad range {text}");
            return new EnhancedRange(ends[0][0], ends[0][1], ends[0][2], ends[^1][2]);
        }

        public bool Holds(int[] code) => code[0] == Class && code[1] == Subject && code[2] >= From && code[2] <= To;
    }

    internal static int[] Numbers(string enhancedCode)
    {
        var numbers = enhancedCode.Split('.').Select(part => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        return numbers.Length == 3 ? numbers : throw new FormatException($"bad enhanced code {enhancedCode}");
    }
}
