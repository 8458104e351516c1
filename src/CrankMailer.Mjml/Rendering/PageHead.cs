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

    public static void Write(MjmlPage page, IReadOnlyList<string> fonts, HtmlWriter html)
    {
        var head = page.Head;
        foreach (var raw in head.FileStart)
        {
            html.Raw(raw).Raw("\n");
        }

        html.Raw("<!doctype html>\n<html");
        Attribute(html, "lang", head.Lang);
        Attribute(html, "dir", head.Dir);
        html.Raw(" xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">\n<head>\n")
            .Raw("  <title>").Raw(head.Title).Raw("</title>\n").Raw(Start);
        AppendFonts(html, fonts);
        AppendWidths(html, page);
        AppendStyles(html, page);
        foreach (var raw in head.Raw)
        {
            html.Raw(raw).Raw("\n");
        }

        html.Raw("</head>\n");
    }

    private static void Attribute(HtmlWriter html, string name, string? value)
    {
        if (value is not null)
        {
            html.Raw(" ").Raw(name).Raw("=\"").Raw(value.Replace("\"", "&quot;", StringComparison.Ordinal)).Raw("\"");
        }
    }

    private static void AppendFonts(HtmlWriter html, IReadOnlyList<string> fonts)
    {
        if (fonts.Count == 0)
        {
            return;
        }

        html.Raw("<!--[if !mso]><!-->\n");
        foreach (var url in fonts)
        {
            html.Raw("<link href=\"").Raw(url).Raw("\" rel=\"stylesheet\" type=\"text/css\">\n");
        }

        html.Raw("<style type=\"text/css\">\n");
        foreach (var url in fonts)
        {
            html.Raw("@import url(").Raw(url).Raw(");\n");
        }

        html.Raw("</style>\n<!--<![endif]-->\n");
    }

    // The second copy is for Thunderbird, which runs no media queries in a message; the third for Outlook on the web.
    private static void AppendWidths(HtmlWriter html, MjmlPage page)
    {
        var rules = page.Widths.Rules();
        if (rules.Count == 0)
        {
            return;
        }

        var breakpoint = page.Head.BreakpointText;
        html.Raw("<style type=\"text/css\">\n@media only screen and (min-width:").Raw(breakpoint).Raw(") {\n");
        Rules(html, rules, "");
        html.Raw("}\n</style>\n<style media=\"screen and (min-width:").Raw(breakpoint).Raw(")\">\n");
        Rules(html, rules, ".moz-text-html ");
        html.Raw("</style>\n");
        if (page.Head.OutlookWebIsDesktop)
        {
            html.Raw("<style type=\"text/css\">\n");
            Rules(html, rules, "", "[owa] ");
            html.Raw("</style>\n");
        }
    }

    private static void Rules(HtmlWriter html, IReadOnlyList<MediaRule> rules, string before, string beforeFirst = "")
    {
        foreach (var rule in rules)
        {
            html.Raw(beforeFirst);
            for (var i = 0; i < rule.Classes.Count; i++)
            {
                html.Raw(i == 0 ? "" : ", ").Raw(before).Raw(".").Raw(rule.Classes[i]);
            }

            html.Raw(" ").Raw(rule.Body).Raw("\n");
        }
    }

    private static void AppendStyles(HtmlWriter html, MjmlPage page)
    {
        if (page.HeadCss.Count > 0 || page.ElementCss.Length > 0)
        {
            html.Raw("<style type=\"text/css\">\n").Raw(page.ElementCss.ToString());
            foreach (var css in page.HeadCss)
            {
                html.Raw(css).Raw("\n");
            }

            html.Raw("</style>\n");
        }

        if (page.Head.Styles.Count > 0)
        {
            html.Raw("<style type=\"text/css\">\n");
            foreach (var css in page.Head.Styles)
            {
                html.Raw(css).Raw("\n");
            }

            html.Raw("</style>\n");
        }
    }
}
