namespace CrankMailer.Commands;

/// <summary>What every command answers with (design §7).</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Refused, or problems found.</summary>
    public const int Refused = 1;
    public const int BadUsage = 2;

    /// <summary>For a mail server that pipes into us: keep the mail and try again later (EX_TEMPFAIL of sysexits.h).</summary>
    public const int TryAgain = 75;
}
