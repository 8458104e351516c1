using CrankMailer.Model.Publications;

namespace CrankMailer.Delivery.Relays;

/// <summary>The alerts about a relay: how they begin, so that whoever shows them finds those of one relay.</summary>
internal static class RelayAlerts
{
    /// <summary>It does not work; closed when it answers again.</summary>
    public const string Down = "relay-down";

    /// <summary>It cannot even be opened as it is set up.</summary>
    public const string Settings = "relay-settings";

    /// <summary>It says that system mail is wrong by a fault of ours.</summary>
    public const string System = "system-mail";

    /// <summary>There is none.</summary>
    public const string None = "no-relay";

    /// <summary>All alerts about a relay by this name begin so.</summary>
    public static string Name(RelayRow row) => $"Relay “{row.Name}”";

    public static string Subject(RelayRow row) => $"{Name(row)} ({Place(row)})";

    /// <summary>Where its mail goes.</summary>
    public static string Place(RelayRow row) => row.Kind == RelayKind.Folder ? row.Folder ?? "" : $"{row.Host}:{row.Port}";

    public static string NoneSubject(bool capture) => capture ? "No capturing relay" : "No relay";

    /// <summary>Ends every such alert: which process says so, because another may see it otherwise.</summary>
    public static string SeenBy(string node) => $" Seen by {node}.";

    public static bool IsOf(string text, string node) => text.EndsWith(SeenBy(node), StringComparison.Ordinal);

    /// <summary>What the operator reads while the relay is down.</summary>
    /// <param name="nextTry">UTC.</param>
    public static string DownText(RelayFault fault, DateTimeOffset nextTry, string node) =>
        string.Create(global::System.Globalization.CultureInfo.InvariantCulture, $" cannot be used: {fault.Text}. {Advice(fault)} Next try: {nextTry:yyyy-MM-dd HH:mm:ss} UTC.{SeenBy(node)}");

    private static string Advice(RelayFault fault) => fault.IsOurs
        ? "Mend its settings; it is tried again as soon as they change or a campaign is resumed."
        : "Mail waits, nobody is counted, and it goes on by itself when the relay answers again.";
}
