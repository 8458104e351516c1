namespace CrankMailer.Benchmarks.Smtp;

/// <summary>The rounds of a cell. Ratios are made within a round, where both sides met the same noise; then their median is taken. Beside it stands the ratio of
/// each side's calmest round: whoever else works on the machine costs a conversation of two processes more than a loop of arithmetic.</summary>
internal sealed record SmtpMedians(
    int Octets, IReadOnlyList<SendFigures> Ours, IReadOnlyList<SendFigures> Source, IReadOnlyList<SendFigures> Nodemailer, IReadOnlyList<SendFigures> Floor)
{
    public double CpuOverSource => Ratio(Ours, Source, f => f.CpuPerThousand);

    public double RateOverSource => Ratio(Ours, Source, f => f.Rate);

    public double CpuOverFloor => Ratio(Ours, Floor, f => f.CpuPerThousand);

    public double CalmOverSource => Calmest(Ours) / Calmest(Source);

    public double CalmOverFloor => Calmest(Ours) / Calmest(Floor);

    public double NodemailerCpu => Ratio(Nodemailer, Ours, f => f.CpuPerThousand);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private static double Calmest(IReadOnlyList<SendFigures> rounds) => rounds.Min(f => f.CpuPerThousand);

    private static double Ratio(IReadOnlyList<SendFigures> above, IReadOnlyList<SendFigures> below, Func<SendFigures, double> figure) =>
        Median(above.Zip(below, (a, b) => figure(a) / figure(b)));
}
