using System.Diagnostics;

namespace CrankMailer.Benchmarks;

/// <summary>
/// Runs contenders in turn, round after round, so that a noisy neighbour hits all of them alike, and takes each one's median. Every figure is
/// of one thread.
/// </summary>
internal static class Rounds
{
    private const int Count = 15;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(120);

    /// <param name="contenders">A name and one run of the work.</param>
    public static IReadOnlyDictionary<string, Figure> Measure(IReadOnlyList<(string Name, Action Run)> contenders)
    {
        var samples = contenders.ToDictionary(c => c.Name, _ => new List<double>());
        var octets = new Dictionary<string, double>();
        foreach (var (_, run) in contenders) RunFor(run, Slice * 3); // the just-in-time compiler's tiers
        for (var round = 0; round < Count; round++)
            foreach (var (name, run) in contenders)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var (runs, elapsed) = RunFor(run, Slice);
                octets[name] = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)runs;
                samples[name].Add(elapsed.TotalMicroseconds / runs);
            }
        return contenders.ToDictionary(c => c.Name, c => new Figure(samples[c.Name].Order().ElementAt(Count / 2), octets[c.Name]));
    }

    private static (long Runs, TimeSpan Elapsed) RunFor(Action run, TimeSpan slice)
    {
        var watch = Stopwatch.StartNew();
        long runs = 0;
        do
        {
            run();
            runs++;
        }
        while (watch.Elapsed < slice);
        return (runs, watch.Elapsed);
    }

    /// <param name="Microseconds">Median of one run.</param>
    /// <param name="Octets">Allocated by one run.</param>
    internal sealed record Figure(double Microseconds, double Octets);
}
