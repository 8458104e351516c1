namespace CrankMailer.Jobs;

/// <summary>All jobs of the program, by name. A new job is one class and one line here.</summary>
internal static class JobCatalog
{
    public static IReadOnlyList<RecurringJob> Recurring { get; } =
    [
        new(typeof(StartDueCampaigns), TimeSpan.FromSeconds(5), "Starts campaigns whose time has come, holds the late ones"),
        new(typeof(CountSoftBounces), TimeSpan.FromHours(1), "Suppresses addresses that three campaigns in a row could not reach"),
        new(typeof(MarkLostRuns), TimeSpan.FromMinutes(1), "Marks runs as failed whose process has ended"),
        new(typeof(TidyUp), TimeSpan.FromHours(1), "Removes expired links, old job runs and old caught mails"),
    ];

    public static Type? Find(string name) => Recurring.FirstOrDefault(j => j.Name == name)?.Job;
}
