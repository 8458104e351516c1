namespace CrankMailer.Model.Operations;

/// <summary>A process that sends: the console shows who is alive.</summary>
public sealed class Node
{
    /// <summary>Host name and process id.</summary>
    public string Name { get; set; } = "";

    /// <summary><c>serve</c> or <c>worker</c>.</summary>
    public string Role { get; set; } = "";
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset SeenAt { get; set; }
}
