namespace CrankMailer.Model.Publications;

/// <summary>How we speak to a relay.</summary>
public enum RelaySecurity { None, Opportunistic, Required, Implicit }

/// <summary>What a relay is: a mail server, or a folder from which another program takes the mail.</summary>
public enum RelayKind { Smtp, Folder }

/// <summary>A server we hand mail to, or a folder.</summary>
public sealed class RelayRow
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public RelayKind Kind { get; set; }

    /// <summary>Whole path, where it is a folder.</summary>
    public string? Folder { get; set; }
    public string Host { get; set; } = "";
    public int Port { get; set; } = 587;
    public RelaySecurity Security { get; set; } = RelaySecurity.Required;

    /// <summary>Takes whatever certificate the server shows (R62): for a relay of our own without a proper one.</summary>
    public bool AnyCertificate { get; set; }

    /// <summary>Certificates in PEM that may vouch for the relay instead of those the machine trusts: an own authority, or the relay's own certificate.</summary>
    public string? Authorities { get; set; }
    public string? UserName { get; set; }

    /// <summary>Wrapped by data protection. Where <see cref="TokenUrl"/> is set: the refresh token, or null for client credentials.</summary>
    public byte[]? Password { get; set; }

    /// <summary>Where access tokens are given out (OAuth 2): then the log-in is by XOAUTH2, not by password.</summary>
    public string? TokenUrl { get; set; }
    public string? TokenScope { get; set; }
    public string? ClientId { get; set; }

    /// <summary>Wrapped by data protection.</summary>
    public byte[]? ClientSecret { get; set; }

    /// <summary>The name we greet with (R60): fully qualified, resolving to us.</summary>
    public string? HelloName { get; set; }

    /// <summary>Connections a process has open at once. More than the relay allows earns 421 replies.</summary>
    public int Connections { get; set; } = 4;

    /// <summary>Messages over one connection before it is closed.</summary>
    public int MessagesPerConnection { get; set; } = 100;

    /// <summary>Messages a second over all connections of all processes; null is without limit.</summary>
    public double? MessagesPerSecond { get; set; }

    /// <summary>Lower is tried first.</summary>
    public int Priority { get; set; }
    public bool Enabled { get; set; } = true;

    /// <summary>Mail is caught, not sent on: its deliveries end in <c>captured</c>.</summary>
    public bool Captures { get; set; }
}
