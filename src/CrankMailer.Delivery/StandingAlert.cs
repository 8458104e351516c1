using CrankMailer.Model;

namespace CrankMailer.Delivery;

/// <summary>An alert that stands as long as its cause: written when that begins and when it ends, not at every look between. For one loop.</summary>
internal sealed class StandingAlert(AlertRaiser alerts, string kind, string subject)
{
    private bool? _isOpen; // null: a process before us may have left it open

    public async Task RaiseAsync(string text, CancellationToken ct)
    {
        if (_isOpen == true) return;
        await alerts.RaiseAsync(Severity.Error, kind, subject, text, null, null, ct);
        _isOpen = true;
    }

    public async Task ClearAsync(CancellationToken ct)
    {
        if (_isOpen == false) return;
        await alerts.ClearAsync(kind, subject, null, ct);
        _isOpen = false;
    }
}
