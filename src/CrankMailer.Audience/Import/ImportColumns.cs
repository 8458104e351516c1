using System.Globalization;
using System.Text;

namespace CrankMailer.Audience.Import;

/// <summary>Which column is what: by the order's word, else by the header names that the known systems write (corpora/imports/FORMATS.md).</summary>
internal sealed class ImportColumns
{
    public const string Known = "email, name, first_name, last_name, lang, time_zone, list, attributes, state, consent_at";

    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["email"] = ["email", "emailaddress", "mail", "emailadresse", "mailadresse", "courriel", "correo"],
        ["name"] = ["name", "fullname"],
        ["first_name"] = ["firstname", "vorname", "prenom", "givenname"],
        ["last_name"] = ["lastname", "nachname", "nom", "surname", "familyname"],
        ["lang"] = ["lang", "language", "sprache", "langue"],
        ["time_zone"] = ["timezone"],
        ["list"] = ["list"],
        ["attributes"] = ["attributes"],
        ["state"] = ["state", "status"],
        ["consent_at"] = ["confirmedat", "confirmtime", "optintime", "consentat", "createdat", "angemeldetam"],
        ["left_at"] = ["unsubtime"],
        ["cleaned_at"] = ["cleantime"],
        ["email_disabled"] = ["emaildisabled"],
        ["subscribed"] = ["subscribedtoemails"],
    };

    private readonly Dictionary<string, int> _places = [];

    private ImportColumns() { }

    public bool Has(string field) => _places.ContainsKey(field);

    /// <summary>The cell of a field, trimmed; null where the column is absent or the cell empty.</summary>
    public string? Cell(string[] cells, string field) =>
        _places.TryGetValue(field, out var place) && place < cells.Length && Unmark(cells[place].Trim()) is { Length: > 0 } text ? text : null;

    /// <returns>The columns, or what is wrong with the header.</returns>
    public static (ImportColumns? Columns, string? Fault) Of(string[] header, IReadOnlyDictionary<string, string> wanted)
    {
        var columns = new ImportColumns();
        var plain = header.Select(Plain).ToList();
        foreach (var (field, names) in Names)
        {
            var place = names.Select(n => plain.IndexOf(n)).FirstOrDefault(p => p >= 0, -1);
            if (place >= 0) columns._places[field] = place;
        }
        foreach (var (field, column) in wanted)
        {
            var place = plain.IndexOf(Plain(column));
            if (!Names.ContainsKey(field)) return (null, $"there is no field '{field}' to map a column to: take one of {Known}.");
            if (place < 0) return (null, $"there is no column '{column}' to map to {field}: the file has {string.Join(", ", header)}.");
            columns._places[field] = place;
        }
        return columns.Has("email") ? (columns, null) : (null, $"no column looks like an e-mail address: name it with --map email=COLUMN. The file has {string.Join(", ", header)}.");
    }

    public static DateTimeOffset? Instant(string? text)
    {
        if (text is null) return null;
        var clean = text.EndsWith(" +0000 UTC", StringComparison.Ordinal) ? text[..^10] : text; // Go's way of printing a time, in listmonk's export
        return DateTimeOffset.TryParse(clean, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
    }

    // The apostrophe by which our own export keeps a spreadsheet from running a cell (R171).
    private static string Unmark(string cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;

    // "E-Mail", "Email Address" and "email_address" are one word.
    private static string Plain(string header)
    {
        var plain = new StringBuilder();
        foreach (var c in header.Normalize(NormalizationForm.FormD))
            if (char.IsAsciiLetterOrDigit(c)) plain.Append(char.ToLowerInvariant(c));
        return plain.ToString();
    }
}
