using CrankMailer.Delivery.Pump;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery;

/// <summary>A pump that runs until disposed.</summary>
internal sealed class RunningPump : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;
    private bool _stopped;

    private RunningPump(AsyncServiceScope scope)
    {
        _scope = scope;
        _run = Task.Run(() => scope.ServiceProvider.GetRequiredService<PumpRun>().RunAsync(_stop.Token));
    }

    public static RunningPump Start(ServiceProvider node) => new(node.CreateAsyncScope());

    public async Task StopAsync()
    {
        if (_stopped) return;
        _stopped = true;
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _scope.DisposeAsync();
        _stop.Dispose();
    }
}
