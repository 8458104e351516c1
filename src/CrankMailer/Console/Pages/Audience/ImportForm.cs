using System.Globalization;
using CrankMailer.Audience.Import;
using CrankMailer.Console.Shared;
using CrankMailer.Model;
using CrankMailer.Model.Audience;

namespace CrankMailer.Console.Pages.Audience;

/// <summary>The import's form as it was posted, and what is wrong with it.</summary>
internal sealed record ImportForm
{
    /// <summary>Octets of a file.</summary>
    public const long MostFile = 64 * 1024 * 1024;

    /// <summary>Octets of the whole post. Somewhat more, so that a file a little too large is answered beside its field and not by a closed connection.</summary>
    public const long MostBody = 96 * 1024 * 1024;
    public const int MostSource = 200;
    private const int MostFileName = 100;
    private static readonly string[] Endings = [".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json"];

    public static ImportForm Empty { get; } = new();

    public IFormFile? File { get; init; }
    public IReadOnlyList<string> Lists { get; init; } = [];
    public string? Source { get; init; }
    public string? Date { get; init; }
    public bool Overwrite { get; init; }

    public static ImportForm Of(Posted posted) => new()
    {
        File = posted.Files.GetFile("file"), Lists = posted.All("list"), Source = posted.Text("source"), Date = posted.Text("date"), Overwrite = posted.Ticked("overwrite"),
    };

    public IReadOnlyList<Problem> Check(IReadOnlyList<MailingList> lists)
    {
        var wrong = new List<Problem>();
        if (FileFault() is { } fault) wrong.Add(FieldProblems.Wrong("file", fault));
        if (Lists.Count == 0) wrong.Add(FieldProblems.Wrong("list", "Choose at least one list: on none of them nobody would get anything."));
        else if (!Lists.All(slug => lists.Any(l => l.Slug == slug))) wrong.Add(FieldProblems.Wrong("list", "One of these lists is gone or archived: choose again."));
        if (Source is null) wrong.Add(FieldProblems.Wrong("source", "Say where these people agreed to be mailed: without it nothing is imported."));
        else if (Source.Length > MostSource) wrong.Add(FieldProblems.Wrong("source", $"Say it in at most {MostSource} characters."));
        if (DayOf(Date) is null) wrong.Add(FieldProblems.Wrong("date", "Say when these people agreed, such as 2026-03-01."));
        return wrong;
    }

    public ImportOrder Order(int publicationId, int? userId) => new()
    {
        PublicationId = publicationId, UserId = userId, FileName = NameOf(File), Lists = Lists, ConsentSource = Source, ConsentDate = DayOf(Date), Overwrite = Overwrite,
    };

    private string? FileFault() => File switch
    {
        null => "Choose a file.",
        { Length: 0 } => "The file is empty.",
        { Length: > MostFile } => $"The file has {File.Length / 1024 / 1024} MB; {MostFile / 1024 / 1024} MB are the most. Cut it into several, or import it on the machine: crankmailer subscribers import.",
        _ when !Endings.Contains(Path.GetExtension(NameOf(File)).ToLowerInvariant()) => "Take a CSV file (.csv, .tsv, .txt) or JSON lines (.jsonl). A spreadsheet can be saved as CSV.",
        _ => null,
    };

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // The name goes into reports and the consent log: no folders, no control characters, the ending stays.
    private static string NameOf(IFormFile? file)
    {
        var name = file?.FileName ?? "";
        var clean = string.Concat(name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c)));
        return clean.Length > MostFileName ? clean[^MostFileName..] : clean;
    }
}
