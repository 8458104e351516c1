namespace CrankMailer.Rendering.Themes;

/// <summary>The clock of templates: it stands still, since the same issue gives the same bytes whenever it is rendered (R25).</summary>
internal sealed class StoppedClock : TimeProvider
{
    public static StoppedClock Instance { get; } = new();

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
}
