using System.Diagnostics;

namespace CrankMailer.Tests.Delivery;

/// <summary>Polls for something another thread brings about, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<Task<string>> describe)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > Deadline) Assert.Fail($"Waited {Deadline} for {await describe()}");
            await Task.Delay(15, TestContext.Current.CancellationToken); // the polling step, not the wait
        }
    }

    public static Task HoldsAsync(Func<bool> condition, string description) => HoldsAsync(() => Task.FromResult(condition()), () => Task.FromResult(description));
}
