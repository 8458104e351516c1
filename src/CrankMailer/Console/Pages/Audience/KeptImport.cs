using CrankMailer.Audience.Import;
using CrankMailer.Model;

namespace CrankMailer.Console.Pages.Audience;

internal enum ImportStep { Tried, Running, Done }

/// <summary>An uploaded file between dry run and real run, and what the last run said.</summary>
/// <param name="Id">32 hexadecimal digits nobody can guess.</param>
/// <param name="Order">Of the real run.</param>
/// <param name="Problems">The first rows that were rejected or skipped.</param>
/// <param name="Unshown">Rows beyond these.</param>
internal sealed record KeptImport(string Id, ImportStep Step, ImportOrder Order, ImportReport Report, IReadOnlyList<Problem> Problems, long Unshown);
