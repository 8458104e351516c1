using System.Globalization;
using System.Text.RegularExpressions;

namespace CrankMailer.Rendering.Wording;

/// <summary>A BCP 47 language: its dates, and the direction it is written in. An unknown tag keeps its name and prints dates in English.</summary>
internal sealed partial class Language
{
    private static readonly HashSet<string> RightToLeft = ["ar", "arc", "ckb", "dv", "fa", "he", "khw", "ks", "ps", "sd", "ug", "ur", "yi"];
    private readonly CultureInfo culture;

    private Language(string tag, CultureInfo culture) => (Tag, this.culture) = (tag, culture);

    public string Tag { get; }

    public bool IsRightToLeft => RightToLeft.Contains(Primary) || Tag.Contains("-Arab", StringComparison.OrdinalIgnoreCase) || Tag.Contains("-Hebr", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>rtl</c> or <c>ltr</c>.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    /// <summary>The language without region: <c>de</c> of <c>de-AT</c>.</summary>
    public string Primary => Tag.Split('-')[0].ToLowerInvariant();

    /// <summary>The first tag that has the form of one; English where none has.</summary>
    public static Language Of(params string?[] tags) => tags.Select(Find).FirstOrDefault(l => l is not null) ?? new Language("en", Culture("en"));

    /// <summary>Null where the tag has not the form of one.</summary>
    public static Language? Find(string? tag) => tag is not null && TagForm().IsMatch(tag.Trim()) ? new Language(tag.Trim(), Culture(tag.Trim())) : null;

    public string Month(DateOnly date) => date.ToString("MMMM", culture);

    public string MonthAndYear(DateOnly date) => date.ToString(culture.DateTimeFormat.YearMonthPattern, culture);

    /// <summary>Without the day of the week.</summary>
    public string Date(DateOnly date) => date.ToString(WithoutWeekday(culture.DateTimeFormat.LongDatePattern), culture);

    /// <summary>With the day of the week.</summary>
    public string FullDate(DateOnly date) => date.ToString(culture.DateTimeFormat.LongDatePattern, culture);

    // Newer locale data puts a narrow no-break space before "PM", which old mail fonts show as a box.
    public string Time(TimeOnly time) => time.ToString(culture.DateTimeFormat.ShortTimePattern, culture).Replace('\u202F', ' ');

    public string Upper(string text) => culture.TextInfo.ToUpper(text);

    private static string WithoutWeekday(string pattern) => Weekday().Replace(pattern, "").Trim(' ', ',', '،', '、');

    private static CultureInfo Culture(string tag)
    {
        try { return CultureInfo.GetCultureInfo(tag, predefinedOnly: true); }
        catch (CultureNotFoundException) // the only way .NET says so
        {
            var dash = tag.LastIndexOf('-');
            return dash > 0 ? Culture(tag[..dash]) : CultureInfo.GetCultureInfo("en");
        }
    }

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
    private static partial Regex TagForm();

    [GeneratedRegex(@"d{4}('[^']*')?[,.]?")]
    private static partial Regex Weekday();
}
