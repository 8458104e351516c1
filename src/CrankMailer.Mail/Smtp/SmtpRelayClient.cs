using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Mail.Smtp;

/// <summary>Hands messages to one relay over a few connections that are kept and used again. For any number of callers at
/// once; who comes when all are busy waits.</summary>
public sealed class SmtpRelayClient : IAsyncDisposable
{
    private readonly SmtpEndpoint endpoint;
    private readonly SmtpPoolLimits limits;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly SemaphoreSlim slots;
    private readonly ConcurrentStack<Pooled> idle = new();
    private bool isDisposed;

    public SmtpRelayClient(SmtpEndpoint endpoint, SmtpPoolLimits limits, TimeProvider clock, ILogger log)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Connections, 1, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MessagesPerConnection, 1, nameof(limits));
        (this.endpoint, this.limits, this.clock, this.log) = (endpoint, limits, clock, log);
        slots = new SemaphoreSlim(limits.Connections);
    }

    /// <summary>Hands one message over, on a kept connection or a new one.</summary>
    /// <exception cref="OperationCanceledException">ct was cancelled, and the message was surely not taken.</exception>
    public async Task<SmtpOutcome> SendAsync(SmtpTransaction message, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var once = message with { BeforeFinalDot = Once(message.BeforeFinalDot) };
        await slots.WaitAsync(ct);
        try
        {
            if (await FindIdleAsync(message.Recipient.Domain, ct) is { } kept)
            {
                var outcome = await SendOverAsync(kept, once, ct);
                if (!IsStaleConnection(outcome)) return outcome;
                log.StaleConnection(endpoint.Host);
            }
            return await SendOverNewAsync(once, ct);
        }
        finally { slots.Release(); }
    }

    /// <summary>Tries whether a connection and log-in work, without a message; null when they do. Kept connections are closed
    /// first: at a server that takes few, one more than those would be turned away.</summary>
    public async Task<SmtpOutcome?> FindProblemAsync(CancellationToken ct)
    {
        await Task.WhenAll(TakeIdle(_ => true).Select(pooled => pooled.Connection.QuitAsync(ct)));
        var (connection, failure) = await SmtpConnection.OpenAsync(endpoint, clock, ct);
        if (connection is null) return failure;
        await connection.QuitAsync(ct);
        return null;
    }

    /// <summary>Closes idle connections that are too old, politely; worth calling now and then while nothing is sent.</summary>
    public async Task CloseIdleAsync(CancellationToken ct)
    {
        await Task.WhenAll(TakeIdle(pooled => !IsFresh(pooled)).Select(pooled => pooled.Connection.QuitAsync(ct)));
    }

    public async ValueTask DisposeAsync()
    {
        if (isDisposed) return;
        isDisposed = true;
        // Those in use close themselves when their message is done; the slots stay for them to give back.
        while (idle.TryPop(out var pooled)) await pooled.Connection.QuitAsync(CancellationToken.None);
    }

    private async Task<SmtpOutcome> SendOverNewAsync(SmtpTransaction message, CancellationToken ct)
    {
        var (connection, failure) = await SmtpConnection.OpenAsync(endpoint, clock, ct);
        if (connection is null)
        {
            log.CannotOpen(endpoint.Host, endpoint.Port, failure?.GetType().Name ?? "");
            return failure ?? throw new InvalidOperationException("A connection failed without a reason.");
        }
        log.Opened(endpoint.Host, endpoint.Port, connection.Session.TlsVersion ?? "plain");
        return await SendOverAsync(new Pooled(connection, clock.GetTimestamp(), clock.GetTimestamp()), message, ct);
    }

    private async Task<SmtpOutcome> SendOverAsync(Pooled pooled, SmtpTransaction message, CancellationToken ct)
    {
        try
        {
            return await pooled.Connection.SendAsync(message, ct);
        }
        finally
        {
            await KeepOrCloseAsync(pooled);
        }
    }

    private async Task KeepOrCloseAsync(Pooled pooled)
    {
        var connection = pooled.Connection;
        if (!isDisposed && connection.IsUsable && connection.Transactions < limits.MessagesPerConnection)
            idle.Push(pooled with { IdleSince = clock.GetTimestamp() });
        else
            await connection.QuitAsync(CancellationToken.None);
    }

    /// <summary>The others are back before anybody waits for a goodbye, so that they are used and not replaced.</summary>
    private List<Pooled> TakeIdle(Func<Pooled, bool> which)
    {
        var taken = new List<Pooled>();
        var kept = new List<Pooled>();
        while (idle.TryPop(out var pooled)) (which(pooled) ? taken : kept).Add(pooled);
        foreach (var pooled in kept) idle.Push(pooled);
        return taken;
    }

    private async Task<Pooled?> FindIdleAsync(string recipientDomain, CancellationToken ct)
    {
        while (idle.TryPop(out var pooled))
        {
            if (IsFresh(pooled) && pooled.Connection.MayTake(recipientDomain) && pooled.Connection.IsHealthy()) return pooled;
            await pooled.Connection.QuitAsync(ct);
        }
        return null;
    }

    private bool IsFresh(Pooled pooled) =>
        clock.GetElapsedTime(pooled.Opened) < limits.MaxAge && clock.GetElapsedTime(pooled.IdleSince) < limits.MaxIdle;

    /// <summary>A kept connection that the server had given up in the meantime, or does not want to use again: that says
    /// nothing of the message (R75).</summary>
    private static bool IsStaleConnection(SmtpOutcome outcome) => outcome is
        SmtpOutcome.NotSent { Phase: SmtpPhase.Mail, Failure: SmtpFailure.ConnectionLost } or SmtpOutcome.Refused { Phase: SmtpPhase.Mail, Reply.Code: 421 };

    /// <summary>The hook of a message is called once, even when it goes over a second connection.</summary>
    private static Func<CancellationToken, ValueTask>? Once(Func<CancellationToken, ValueTask>? hook)
    {
        if (hook is null) return null;
        Task? called = null;
        return ct => new ValueTask(called ??= hook(ct).AsTask());
    }

    private readonly record struct Pooled(SmtpConnection Connection, long Opened, long IdleSince);
}
