using CrankMailer.Model.Audience;

namespace CrankMailer.Audience;

/// <summary>One field on the form, three in the row: templates greet by the first name.</summary>
internal static class PersonName
{
    /// <summary>The first word is taken for the first name. Wrong for some; the console and an import can say it better.</summary>
    public static void Apply(Subscriber subscriber, string name)
    {
        var clean = name.Trim();
        var space = clean.IndexOf(' ', StringComparison.Ordinal);
        subscriber.Name = clean;
        subscriber.FirstName = space < 0 ? clean : clean[..space];
        subscriber.LastName = space < 0 ? null : clean[(space + 1)..].TrimStart();
    }
}
