namespace CrankMailer.Model.Publications;

/// <summary>How we speak to a relay.</summary>
public enum RelaySecurity { None, Opportunistic, Required, Implicit }

/// <summary>A server we hand mail to.</summary>
public sealed class RelayRow
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public string Host { get; set; } = "";
    public int Port { get; set; } = 587;
    public RelaySecurity Security { get; set; } = RelaySecurity.Required;
    public string? UserName { get; set; }

    /// <summary>Wrapped by data protection.</summary>
    public byte[]? Password { get; set; }

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
