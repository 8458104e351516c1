namespace CrankMailer.Model.Operations;

/// <summary>One element of the data-protection key ring, shared by all processes through the database (design §3).</summary>
public sealed class ProtectionKey
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public string Xml { get; set; } = "";
}
