using System.Globalization;
using System.Text.RegularExpressions;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Months by name in the languages newsletters come to us in; both cases where a language has two.</summary>
internal static class MonthNames
{
    private static readonly string[] Table =
    [
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sept oct nov dec",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    ];

    private static readonly Dictionary<string, int> Numbers = Table
        .SelectMany(row => row.Split(' ').Select((name, i) => (name, Number: i + 1))).DistinctBy(m => m.name)
        .ToDictionary(m => m.name, m => m.Number, StringComparer.OrdinalIgnoreCase);

    /// <summary>A regular expression that matches any of the names.</summary>
    public static string Pattern { get; } = "(?:" + string.Join('|', Numbers.Keys.OrderByDescending(n => n.Length).Select(Regex.Escape)) + ")";

    public static int Number(string name) => Numbers[name.TrimEnd('.')];

    /// <summary>The name a title is written with; English where the system knows the language not.</summary>
    public static string Name(int month, string lang)
    {
        try
        {
            return CultureInfo.GetCultureInfo(lang).DateTimeFormat.GetMonthName(month);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);
        }
    }
}
