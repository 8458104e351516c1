using CrankMailer.Mail.Smtp;
using CrankMailer.Model.Publications;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Delivery.Relays;

internal sealed class RelayOpener(RelayEndpoints endpoints, ILoggerFactory logs, TimeProvider clock) : IRelayOpener
{
    public IRelay Open(RelayRow row)
    {
        if (row.Kind == RelayKind.Folder) return new FolderRelay(row.Folder ?? "", clock);
        var limits = new SmtpPoolLimits { Connections = row.Connections, MessagesPerConnection = row.MessagesPerConnection };
        return new SmtpRelay(new SmtpRelayClient(endpoints.Of(row), limits, clock, logs.CreateLogger<SmtpRelay>()));
    }
}
