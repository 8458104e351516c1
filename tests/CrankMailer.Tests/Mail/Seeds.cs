namespace CrankMailer.Tests.Mail;

/// <summary>Random cases that can be run again: a failure names its seed, and CRANKMAILER_SEED=N begins with that one.</summary>
internal static class Seeds
{
    private static readonly int First = int.TryParse(Environment.GetEnvironmentVariable("CRANKMAILER_SEED"), out var seed) ? seed : Random.Shared.Next(1_000_000_000);

    public static void Try(int times, Action<Random> check)
    {
        for (var seed = First; seed < First + times; seed++)
        {
            try { check(new Random(seed)); }
            catch (Exception e) when (e is not OperationCanceledException) { throw new Xunit.Sdk.XunitException($"CRANKMAILER_SEED={seed}: {e.Message}", e); }
        }
    }
}
