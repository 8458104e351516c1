namespace CrankMailer.Delivery.Ledger;

/// <summary>A piece of SQL in a <see cref="LedgerSql"/> statement that is not a value: a word of the dialect, a list of our own numbers. Never input.</summary>
internal sealed record Raw(string Text)
{
    public static readonly Raw Nothing = new("");

    /// <summary><c>(1,2,3)</c>; <c>(null)</c>, which no row is in, for none.</summary>
    public static Raw Numbers(IEnumerable<long> numbers)
    {
        var text = string.Join(',', numbers);
        return new Raw(text.Length == 0 ? "(null)" : $"({text})");
    }

    public static Raw Numbers(IEnumerable<int> numbers) => Numbers(numbers.Select(n => (long)n));

    public static Raw Words(params IEnumerable<Enum> words) => new($"({string.Join(',', words.Select(w => $"'{LedgerSql.WordOf(w)}'"))})");
}
