namespace CrankMailer.Scriban.Personal;

/// <summary>
/// What a name stands for in one recipient's mail: a text, a truth, an instant, a number, or nothing.
/// An empty text counts as nothing, so that <c>{{ subscriber.first_name ?? "reader" }}</c> does what its author means.
/// </summary>
public readonly struct PersonalValue
{
    private readonly object? value;
    private readonly bool flag;
    private readonly DateTimeOffset instant;

    private PersonalValue(PersonalKind kind, object? value = null, bool flag = false, DateTimeOffset instant = default)
    {
        Kind = kind;
        this.value = value;
        this.flag = flag;
        this.instant = instant;
    }

    public static PersonalValue None => default;

    public PersonalKind Kind { get; }

    /// <summary>Only what is nothing, and the truth false, is false.</summary>
    public bool IsTrue => Kind == PersonalKind.Truth ? flag : Kind != PersonalKind.None;

    internal string? TextOrNull => value as string;

    internal DateTimeOffset Instant => instant;

    public static PersonalValue Of(string? text) => string.IsNullOrEmpty(text) ? default : new(PersonalKind.Text, text);

    public static PersonalValue Of(bool truth) => new(PersonalKind.Truth, flag: truth);

    public static PersonalValue Of(DateTimeOffset instant) => new(PersonalKind.Instant, instant: instant);

    public static PersonalValue Of(long number) => new(PersonalKind.Number, number);

    public static PersonalValue Of(double number) => new(PersonalKind.Number, number);

    /// <summary>As the full language sees it.</summary>
    internal object? ToObject() => Kind switch
    {
        PersonalKind.Truth => flag,
        PersonalKind.Instant => instant,
        _ => value,
    };

    internal static PersonalValue From(object? result) => result switch
    {
        null => default,
        string text => Of(text),
        bool truth => Of(truth),
        DateTime date => Of(new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Unspecified), TimeSpan.Zero)),
        int number => Of((long)number),
        long number => Of(number),
        double number => Of(number),
        _ => Of(result.ToString()),
    };
}

/// <summary>The kinds of <see cref="PersonalValue"/>.</summary>
public enum PersonalKind { None, Text, Truth, Instant, Number }
