namespace CrankMailer.Benchmarks.Smtp;

/// <summary>One cell of the matrix: size, connections, signed or not. All contenders in turn, round after round, so that a noisy neighbour hits all of them alike.</summary>
internal sealed record SmtpCell(int Kilobytes, int Connections, bool Signed)
{
    /// <summary>nodemailer takes tens of times as long; its median needs no more.</summary>
    private const int FewerOfRival = 10;

    private const int LeastOfRival = 100;

    /// <param name="messages">For each sender and round.</param>
    /// <param name="nodemailer">Its folder, where it is to be measured, too.</param>
    public async Task<SmtpMedians> MeasureAsync(PostfixTools tools, string? nodemailer, int messages, int rounds, CancellationToken ct)
    {
        var campaign = SampleCampaign.Make(Kilobytes * 1024, Signed);
        using var floor = new SigningFloor(Kilobytes * 1024);
        await using var ours = OurSender.Start(Kilobytes, Connections, Signed);
        await using var source = new SmtpSource(tools, campaign.Octets, Connections);
        await using var rival = nodemailer is null ? null : NodemailerSender.Start(nodemailer, campaign, Connections, Signed);

        List<SendFigures> ourRounds = [], sourceRounds = [], rivalRounds = [], floorRounds = [];
        for (var round = -1; round < rounds; round++)
        {
            var first = await RunAsync(tools, ours, messages, ct);
            var second = await RunAsync(tools, source, messages, ct);
            var third = rival is null ? null : await RunAsync(tools, rival, Math.Max(messages / FewerOfRival, LeastOfRival), ct);
            var fourth = floor.Measure(Signed ? messages / 2 : 0);
            if (round < 0) continue; // pays for the just-in-time compilers
            ourRounds.Add(first);
            sourceRounds.Add(second);
            if (third is not null) rivalRounds.Add(third);
            floorRounds.Add(fourth);
        }
        return new SmtpMedians(campaign.Octets, ourRounds, sourceRounds, rivalRounds, floorRounds);
    }

    public override string ToString() => $"{Kilobytes} KB, {Connections} connection{(Connections == 1 ? "" : "s")}, {(Signed ? "RSA-2048 signed" : "unsigned")}";

    private static async Task<SendFigures> RunAsync(PostfixTools tools, ISender sender, int messages, CancellationToken ct)
    {
        await using var sink = await SmtpSink.StartAsync(tools, messages, ct);
        var figures = await sender.SendAsync(sink.Port, messages, ct);
        return await sink.FindProblemAsync(ct) is { } problem ? throw new InvalidOperationException($"smtp-sink: {problem}; {messages} were sent.") : figures;
    }
}
