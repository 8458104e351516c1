namespace CrankMailer.Scriban;

/// <summary>
/// A function of the host that a model may hold. Arguments are null, bool, int, long, double, decimal, string, DateTime,
/// TimeSpan, or opaque values of the engine; the result is converted like a model's value.
/// </summary>
public delegate object? ScribanFunction(IReadOnlyList<object?> arguments);
