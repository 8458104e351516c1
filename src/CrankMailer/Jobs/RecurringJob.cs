namespace CrankMailer.Jobs;

/// <summary>A job that runs again and again.</summary>
/// <param name="Job">The class.</param>
/// <param name="Every">Pause between two starts.</param>
/// <param name="Title">What it does, in words for the jobs page.</param>
internal sealed record RecurringJob(Type Job, TimeSpan Every, string Title)
{
    public string Name => Job.Name;
}
