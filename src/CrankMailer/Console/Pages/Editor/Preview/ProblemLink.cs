using CrankMailer.Console.Shared;
using CrankMailer.Model;

namespace CrankMailer.Console.Pages.Editor.Preview;

/// <summary>Where a problem of an issue is mended.</summary>
internal static class ProblemLink
{
    private const string KindEnding = "].kind";

    /// <summary>The very field the problem names, else the part of the page; null where no place mends it.</summary>
    /// <param name="page">Page on which the fields stand; empty for the one that is shown.</param>
    public static string? Of(Problem problem, string page) => problem.Item switch
    {
        null or "" => null,
        "html" or "text" => null, // of the whole mail, not of a field
        var item when item.StartsWith("publication.", StringComparison.Ordinal) => "/settings",
        // The kind is chosen when a section is made: its whole card is the place.
        var item when item.EndsWith(KindEnding, StringComparison.Ordinal) => $"{page}#{Field.IdOf(item[..^(KindEnding.Length - 1)])}",
        var item => $"{page}#{Field.IdOf(item)}",
    };
}
