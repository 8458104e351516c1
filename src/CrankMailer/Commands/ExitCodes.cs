namespace CrankMailer.Commands;

/// <summary>What every command answers with (design §7).</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Refused, or problems found.</summary>
    public const int Refused = 1;
    public const int BadUsage = 2;
}
