namespace CrankMailer.Model.Publications;

/// <summary>The last conversation with a relay that did not end well, for the operator. Secrets and the names of people are masked.</summary>
public sealed class RelayTalk
{
    public int RelayId { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>The process that talked.</summary>
    public string Node { get; set; } = "";

    /// <summary>In a sentence.</summary>
    public string Outcome { get; set; } = "";

    /// <summary>Line by line: <c>C:</c> we, <c>S:</c> the server, <c>--</c> what happened.</summary>
    public string Lines { get; set; } = "";
}
