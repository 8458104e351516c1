namespace CrankMailer.Mail.Dkim;

/// <summary>What one DKIM-Signature of a message is worth. Values of a broken signature are as far as they could be read.</summary>
/// <param name="Problem">Null exactly when the signature passes.</param>
public sealed record DkimResult(DkimStatus Status, string Domain, string Selector, string Algorithm, IReadOnlyList<string> SignedHeaders, string? Problem);
