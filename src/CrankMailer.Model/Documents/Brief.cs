namespace CrankMailer.Model.Documents;

/// <summary>One or two sentences, then the sources.</summary>
public sealed record Brief
{
    public string? Id { get; init; }
    public string Text { get; init; } = "";
    public IReadOnlyList<Source> Sources { get; init; } = [];
}

/// <summary>A cited publisher. Without an address it is printed as plain text and the check warns.</summary>
public sealed record Source
{
    public string Name { get; init; } = "";
    public string? Url { get; init; }
}
