using System.Diagnostics;

namespace CrankMailer.Browser;

internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180); // seconds on a quiet machine; minutes where nine builds share it

    /// <summary>Asks until it is so; fails saying what was waited for.</summary>
    public static async Task TrueAsync(string what, Func<Task<bool>> ask)
    {
        var since = Stopwatch.StartNew();
        while (!await ask())
        {
            if (since.Elapsed > Patience) Assert.Fail($"Waited {Patience.TotalSeconds:0} s for {what}.");
            await Task.Delay(200, TestContext.Current.CancellationToken); // the polling step
        }
    }
}
