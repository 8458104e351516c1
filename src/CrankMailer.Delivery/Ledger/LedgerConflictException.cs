namespace CrankMailer.Delivery.Ledger;

/// <summary>A row was not as a transaction had seen it. Thrown to undo the transaction; whoever began it tries again later.</summary>
internal sealed class LedgerConflictException(string message) : Exception(message);
