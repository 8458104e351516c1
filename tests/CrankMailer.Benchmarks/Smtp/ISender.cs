namespace CrankMailer.Benchmarks.Smtp;

/// <summary>Whoever hands messages to the sink: ours, or a rival.</summary>
internal interface ISender : IAsyncDisposable
{
    Task<SendFigures> SendAsync(int port, int messages, CancellationToken ct);
}
