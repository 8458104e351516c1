namespace CrankMailer.Tests.Mjml;

/// <summary>Documents around what a test is about.</summary>
internal static class A
{
    /// <summary>A document of one column with these blocks.</summary>
    public static string Column(string blocks, string head = "") =>
        $"<mjml>{(head.Length > 0 ? $"<mj-head>{head}</mj-head>" : "")}<mj-body><mj-section><mj-column>{blocks}</mj-column></mj-section></mj-body></mjml>";
}
