namespace CrankMailer.Benchmarks.Smtp;

/// <summary>Prints a cell: the figures of each contender, then the ratios with their targets.</summary>
internal static class SmtpReport
{
    /// <summary>From here on a message counts as large: copying outweighs the conversation.</summary>
    private const int Large = 32;

    public static void Print(SmtpCell cell, SmtpMedians medians)
    {
        System.Console.WriteLine($"{cell}: {medians.Octets} octets, {SampleCampaign.Holes} holes");
        Row("ours", medians.Ours);
        Row("smtp-source", medians.Source);
        Row("nodemailer", medians.Nodemailer);
        if (cell.Signed) System.Console.WriteLine($"  {"sign + hash + encode",-20} {"",10}            {SmtpMedians.Median(medians.Floor.Select(f => f.CpuPerThousand)),7:0.000} CPU s per 1,000");
        var targets = cell switch
        {
            { Signed: true } => $"CPU {medians.CpuOverFloor:0.00} times sign + hash + encode (target 1.4; {medians.CalmOverFloor:0.00} in the calmest rounds)",
            { Kilobytes: >= Large } => $"CPU {medians.CpuOverSource:0.00} times smtp-source (target 3; {medians.CalmOverSource:0.00} in the calmest rounds), rate {medians.RateOverSource:0.00} of its (target 0.8)",
            _ => $"CPU {medians.CpuOverSource:0.00} times smtp-source (target 2.5; {medians.CalmOverSource:0.00} in the calmest rounds), rate {medians.RateOverSource:0.00} of its",
        };
        System.Console.WriteLine($"  ratio: {targets}{(medians.Nodemailer.Count > 0 ? $"; nodemailer's CPU is {medians.NodemailerCpu:0.0} times ours" : "")}");
    }

    private static void Row(string name, IReadOnlyList<SendFigures> rounds)
    {
        if (rounds.Count == 0) return;
        var memory = rounds[^1].PeakOctets > 0 ? $", peak {rounds[^1].PeakOctets / 1024 / 1024} MB" : "";
        var allocated = rounds[^1].AllocatedOctets > 0 ? $", {SmtpMedians.Median(rounds.Select(f => f.AllocatedPerMessage)):0} octets allocated a message" : "";
        System.Console.WriteLine($"  {name,-20} {SmtpMedians.Median(rounds.Select(f => f.Rate)),10:0} messages/s {SmtpMedians.Median(rounds.Select(f => f.CpuPerThousand)),7:0.000} CPU s per 1,000{memory}{allocated}");
    }
}
