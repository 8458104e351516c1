namespace CrankMailer.Feedback.Reading;

/// <summary>Bounds on what is looked at in a hostile report (R100: below 100 ms, whatever comes).</summary>
internal static class ReadingLimits
{
    /// <summary>Octets of a mail; what a report has to say it says before the copy of our message ends.</summary>
    public const int Octets = 2 * 1024 * 1024;

    /// <summary>Characters of all texts people read.</summary>
    public const int Text = 32 * 1024;

    /// <summary>Characters of a line; the rest is cut off.</summary>
    public const int Line = 2000;

    /// <summary>Reports in one mail. Ours have one recipient each; complaints come in tens.</summary>
    public const int Reports = 30;

    /// <summary>Characters kept of what a server said.</summary>
    public const int Diagnostic = 1000;
}
