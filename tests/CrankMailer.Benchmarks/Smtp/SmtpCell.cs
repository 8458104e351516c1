namespace CrankMailer.Benchmarks.Smtp;

/// <summary>One cell of the matrix: size, connections, signed or not. All contenders in turn, round after round, so that a noisy neighbour hits all of them alike.</summary>
internal sealed record SmtpCell(int Kilobytes, int Connections, bool Signed)
{
    /// <summary>nodemailer takes tens of times as long; its median needs no more.</summary>
    private const int FewerOfRival = 10;

    private const int LeastOfRival = 100;

    private const int FewCompiled = 10;

    /// <summary>Runs before the rounds, at most; on a busy machine the just-in-time compiler needs many.</summary>
    private const int MostWarmUps = 25;

    /// <param name="messages">For each sender and round.</param>
    /// <param name="nodemailer">Its folder, where it is to be measured, too.</param>
    public async Task<SmtpMedians> MeasureAsync(PostfixTools tools, string? nodemailer, int messages, int rounds, CancellationToken ct)
    {
        var campaign = SampleCampaign.Make(Kilobytes * 1024, Signed);
        using var floor = new SigningFloor(Kilobytes * 1024, Connections);
        await using var ours = OurSender.Start(Kilobytes, Connections, Signed);
        await using var source = new SmtpSource(tools, campaign.Octets, Connections);
        await using var rival = nodemailer is null ? null : NodemailerSender.Start(nodemailer, campaign, Connections, Signed);
        for (var run = 0; run < MostWarmUps && (await RunAsync(tools, ours, messages, ct)).Compiled > FewCompiled; run++) { }
        if (rival is not null) await RunAsync(tools, rival, Math.Max(messages / FewerOfRival, LeastOfRival), ct);
        floor.Measure(LeastOfRival);

        List<SendFigures> ourRounds = [], sourceRounds = [], rivalRounds = [], floorRounds = [];
        for (var round = 0; round < rounds; round++)
        {
            if (Signed) floorRounds.Add(floor.Measure(messages / 2));
            ourRounds.Add(await RunAsync(tools, ours, messages, ct));
            sourceRounds.Add(await RunAsync(tools, source, messages, ct));
            if (rival is not null) rivalRounds.Add(await RunAsync(tools, rival, Math.Max(messages / FewerOfRival, LeastOfRival), ct));
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
