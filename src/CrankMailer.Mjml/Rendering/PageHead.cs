using System.Text;
using CrankMailer.Mjml.Head;

namespace CrankMailer.Mjml.Rendering;

/// <summary>Everything before the body. Written after it, as it depends on what the body used.</summary>
internal static class PageHead
{
    private const string Start = """
          <!--[if !mso]><!-->
          <meta http-equiv="X-UA-Compatible" content="IE=edge">
          <!--<![endif]-->
          <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <style type="text/css">
            #outlook a { padding:0; }
            body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
            table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
            img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
            p { display:block;margin:13px 0; }
          </style>
          <!--[if mso]>
          <noscript>
          <xml>
          <o:OfficeDocumentSettings>
            <o:AllowPNG/>
            <o:PixelsPerInch>96</o:PixelsPerInch>
          </o:OfficeDocumentSettings>
          </xml>
          </noscript>
          <![endif]-->
          <!--[if lte mso 11]>
          <style type="text/css">
            .mj-outlook-group-fix { width:100% !important; }
          </style>
          <![endif]-->

        """;

    public static string Write(MjmlPage page, IReadOnlyList<string> fonts)
    {
        var head = page.Head;
        var html = new StringBuilder(4096);
        foreach (var raw in head.FileStart)
        {
            html.Append(raw).Append('\n');
        }

        html.Append("<!doctype html>\n<html");
        Attribute(html, "lang", head.Lang);
        Attribute(html, "dir", head.Dir);
        html.Append(" xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">\n<head>\n")
            .Append("  <title>").Append(head.Title).Append("</title>\n").Append(Start);
        AppendFonts(html, fonts);
        AppendWidths(html, page);
        AppendStyles(html, page);
        foreach (var raw in head.Raw)
        {
            html.Append(raw).Append('\n');
        }

        return html.Append("</head>\n").ToString();
    }

    private static void Attribute(StringBuilder html, string name, string? value)
    {
        if (value is not null)
        {
            html.Append(' ').Append(name).Append("=\"").Append(value.Replace("\"", "&quot;", StringComparison.Ordinal)).Append('"');
        }
    }

    private static void AppendFonts(StringBuilder html, IReadOnlyList<string> fonts)
    {
        if (fonts.Count == 0)
        {
            return;
        }

        html.Append("<!--[if !mso]><!-->\n");
        foreach (var url in fonts)
        {
            html.Append("<link href=\"").Append(url).Append("\" rel=\"stylesheet\" type=\"text/css\">\n");
        }

        html.Append("<style type=\"text/css\">\n");
        foreach (var url in fonts)
        {
            html.Append("@import url(").Append(url).Append(");\n");
        }

        html.Append("</style>\n<!--<![endif]-->\n");
    }

    // The second copy is for Thunderbird, which runs no media queries in a message; the third for Outlook on the web.
    private static void AppendWidths(StringBuilder html, MjmlPage page)
    {
        var rules = page.Widths.Rules();
        if (rules.Count == 0)
        {
            return;
        }

        var breakpoint = page.Head.BreakpointText;
        html.Append("<style type=\"text/css\">\n@media only screen and (min-width:").Append(breakpoint).Append(") {\n");
        Rules(html, rules, "");
        html.Append("}\n</style>\n<style media=\"screen and (min-width:").Append(breakpoint).Append(")\">\n");
        Rules(html, rules, ".moz-text-html ");
        html.Append("</style>\n");
        if (page.Head.OutlookWebIsDesktop)
        {
            html.Append("<style type=\"text/css\">\n");
            Rules(html, rules, "", "[owa] ");
            html.Append("</style>\n");
        }
    }

    private static void Rules(StringBuilder html, IReadOnlyList<MediaRule> rules, string before, string beforeFirst = "")
    {
        foreach (var rule in rules)
        {
            html.Append(beforeFirst);
            for (var i = 0; i < rule.Classes.Count; i++)
            {
                html.Append(i == 0 ? "" : ", ").Append(before).Append('.').Append(rule.Classes[i]);
            }

            html.Append(' ').Append(rule.Body).Append('\n');
        }
    }

    private static void AppendStyles(StringBuilder html, MjmlPage page)
    {
        if (page.HeadCss.Count > 0 || page.ElementCss.Length > 0)
        {
            html.Append("<style type=\"text/css\">\n").Append(page.ElementCss);
            foreach (var css in page.HeadCss)
            {
                html.Append(css).Append('\n');
            }

            html.Append("</style>\n");
        }

        if (page.Head.Styles.Count > 0)
        {
            html.Append("<style type=\"text/css\">\n");
            foreach (var css in page.Head.Styles)
            {
                html.Append(css).Append('\n');
            }

            html.Append("</style>\n");
        }
    }
}
