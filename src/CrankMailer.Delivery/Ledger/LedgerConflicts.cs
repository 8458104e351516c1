using System.Data.Common;
using System.Text.Json;

namespace CrankMailer.Delivery.Ledger;

/// <summary>What a failed transaction on the ledger means: to be tried again, or never to succeed.</summary>
internal static class LedgerConflicts
{
    // SQLite's too big, constraint, mismatch, range. This project does not know the driver; its messages begin with the code.
    private static readonly string[] AboutARow = ["SQLite Error 18:", "SQLite Error 19:", "SQLite Error 20:", "SQLite Error 25:"];

    /// <summary>Two transactions met: nothing is broken, the later one is simply to be tried again.</summary>
    public static bool IsConflict(Exception error) => error switch
    {
        LedgerConflictException => true,
        DbException { SqlState: "40001" or "40P01" } => true, // PostgreSQL: serialization failure, deadlock
        _ => error.InnerException is { } inner && IsConflict(inner),
    };

    /// <summary>The connection, a lock, the disk: it is the database, and what was written does not matter.</summary>
    public static bool IsPassing(Exception error) => IsConflict(error) || (!IsOfTheData(error) && error switch
    {
        TimeoutException or IOException or System.Net.Sockets.SocketException => true,
        DbException { IsTransient: true } => true,
        // PostgreSQL: connection, resources (disk full), operator intervention, system error, locks.
        DbException { SqlState: { Length: 5 } state } when state[..2] is "08" or "53" or "57" or "58" or "55" => true,
        DbException { SqlState: null, Message: var text } => !AboutARow.Any(start => text.StartsWith(start, StringComparison.Ordinal)),
        _ => error.InnerException is { } inner && IsPassing(inner),
    });

    /// <summary>A value no database can keep: half a character, a number out of range.</summary>
    public static bool IsOfTheData(Exception error) => error switch
    {
        ArgumentException or FormatException or OverflowException or JsonException => true, // an EncoderFallbackException is an ArgumentException
        DbException { SqlState: { Length: 5 } state } when state.StartsWith("22", StringComparison.Ordinal) => true, // PostgreSQL: data exception
        _ => error.InnerException is { } inner && IsOfTheData(inner),
    };
}
