namespace CrankMailer.Benchmarks.Smtp;

/// <summary>What one run of one sender took.</summary>
/// <param name="CpuSeconds">User and system time of the sender's process alone.</param>
/// <param name="PeakOctets">Resident memory of the process at its highest; 0 where not known.</param>
/// <param name="AllocatedOctets">On the managed heap; 0 where there is none.</param>
/// <param name="Compiled">Methods the just-in-time compiler made meanwhile.</param>
internal sealed record SendFigures(double Seconds, double CpuSeconds, int Messages, long PeakOctets = 0, long AllocatedOctets = 0, long Compiled = 0)
{
    public double Rate => Messages / Seconds;

    /// <summary>CPU seconds for 1,000 messages, which is milliseconds for one.</summary>
    public double CpuPerThousand => CpuSeconds / Messages * 1000;

    public double AllocatedPerMessage => (double)AllocatedOctets / Messages;
}
