using System.Globalization;
using CrankMailer.Console.Shared;
using CrankMailer.Model;

namespace CrankMailer.Console.Pages.Editor;

/// <summary>What an issue is about: a year, a month or a day.</summary>
internal static class Periods
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    public static Problem? Check(string period) =>
        DateOnly.TryParseExact(period, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : FieldProblems.Wrong("period", "Write a month such as 2026-06, a day such as 2026-06-18, or a year.");
}
