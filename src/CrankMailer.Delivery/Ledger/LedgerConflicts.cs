using System.Data.Common;

namespace CrankMailer.Delivery.Ledger;

internal static class LedgerConflicts
{
    /// <summary>Two transactions met: nothing is broken, the later one is simply to be tried again.</summary>
    public static bool IsConflict(Exception error) => error switch
    {
        LedgerConflictException => true,
        DbException { SqlState: "40001" or "40P01" } => true, // PostgreSQL: serialization failure, deadlock
        _ => error.InnerException is { } inner && IsConflict(inner),
    };
}
