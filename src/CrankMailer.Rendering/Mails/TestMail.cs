using CrankMailer.Rendering.Prose;

namespace CrankMailer.Rendering.Mails;

/// <summary>Marks an issue sent to try it out, so that nobody takes it for the real one: in the subject and as the first words of both parts.</summary>
internal static class TestMail
{
    private const string Style = "margin:0;padding:10px 16px;background-color:#fff3c4;color:#3d2f00;font:14px/1.5 'Helvetica Neue',Helvetica,Arial,sans-serif;text-align:center";

    public static RenderedMail Mark(string html, string text, string subject, string note)
    {
        var escaped = new System.Text.StringBuilder();
        HtmlMedium.AppendText(escaped, note);
        var body = html.IndexOf("<body", StringComparison.Ordinal);
        var start = body < 0 ? 0 : html.IndexOf('>', body) + 1;
        return new RenderedMail(subject, $"{html[..start]}\n<p style=\"{Style}\">{escaped}</p>{html[start..]}", $"{Layout.TextLayout.Apply(note)}\n{text}");
    }
}
