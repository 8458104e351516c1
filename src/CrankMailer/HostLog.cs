namespace CrankMailer;

/// <summary>What the host itself logs: 6xxx.</summary>
internal static partial class HostLog
{
    [LoggerMessage(6010, LogLevel.Warning, "Job {Job} {Subject} failed at try {Try}")]
    public static partial void JobFailed(this ILogger log, string job, string subject, int @try, Exception error);

    [LoggerMessage(6011, LogLevel.Warning, "Campaign {CampaignId}: its start could not be given to the job scheduler; the sweep will start it")]
    public static partial void NoTrigger(this ILogger log, int campaignId, Exception error);

    [LoggerMessage(6015, LogLevel.Error, "{Count} caught mails could not be kept; their sender was told to try again")]
    public static partial void CouldNotKeepCaught(this ILogger log, int count, Exception error);

    [LoggerMessage(6021, LogLevel.Warning, "A proxy at {Address} says for whom it speaks and is not believed: name it in Proxies:Known (appsettings.json), so that visitors are told apart")]
    public static partial void UnknownProxy(this ILogger log, System.Net.IPAddress? address);

    [LoggerMessage(6022, LogLevel.Warning, "The database does not answer")]
    public static partial void DatabaseDoesNotAnswer(this ILogger log, Exception error);

    [LoggerMessage(6020, LogLevel.Warning, "Capture mode: {Reason}")]
    public static partial void CaptureMode(this ILogger log, string reason);
}
