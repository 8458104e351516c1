using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CrankMailer.Mail.Listener;
using CrankMailer.Mail.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrankMailer.Tests.Delivery;

/// <summary>A relay on a loopback socket that answers as the test says and keeps what it took.</summary>
internal sealed class ScriptedRelay : ISmtpMailHandler, IAsyncDisposable
{
    public static readonly SmtpReply Ok = new(250, "2.0.0 taken");
    private SmtpListener? _listener;

    public ConcurrentQueue<Taken> Mails { get; } = new();

    public Func<string, SmtpReply> OnRecipient { get; set; } = _ => Ok;

    /// <summary>Asked when the final dot has come, before it is answered.</summary>
    public Func<Taken, Task<SmtpReply>> OnMessage { get; set; } = _ => Task.FromResult(Ok);

    public int Port { get; private set; }

    public static ScriptedRelay Start(int port = 0)
    {
        var relay = new ScriptedRelay();
        relay._listener = SmtpListener.Start(new SmtpListenerOptions { Endpoint = new IPEndPoint(IPAddress.Loopback, port) }, relay, TimeProvider.System, NullLogger.Instance);
        relay.Port = relay._listener.Endpoint.Port;
        return relay;
    }

    public IEnumerable<string> Recipients => Mails.Select(m => m.Recipient);

    public ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, string sender, string recipient, CancellationToken ct) => new(OnRecipient(recipient));

    public async ValueTask<SmtpReply> MessageAsync(ReceivedMail mail, CancellationToken ct)
    {
        var taken = new Taken(mail.Sender, mail.Recipients[0], mail.Message.ToArray());
        var reply = await OnMessage(taken).WaitAsync(ct); // a relay that ends lets go of what it has not answered
        if (reply.IsPositive) Mails.Enqueue(taken);
        return reply;
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync();
    }
}

internal sealed record Taken(string Sender, string Recipient, byte[] Octets)
{
    public string Header(string name)
    {
        var head = Encoding.ASCII.GetString(Octets)[..Encoding.ASCII.GetString(Octets).IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ").Replace("\r\n\t", " ");
        return head.Split("\r\n").FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";
    }
}
