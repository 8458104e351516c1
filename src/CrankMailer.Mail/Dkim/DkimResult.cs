namespace CrankMailer.Mail.Dkim;

/// <summary>What one DKIM-Signature of a message is worth. Values of a broken signature are as far as they could be read.</summary>
/// <param name="Problem">Null exactly when the signature passes.</param>
public sealed record DkimResult(DkimStatus Status, string Domain, string Selector, string Algorithm, IReadOnlyList<string> SignedHeaders, string? Problem)
{
    /// <summary>What a pass does not cover and a person might take it to: a part of the body, a second Subject, a key in testing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
