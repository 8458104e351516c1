using System.Globalization;
using System.Text;

namespace CrankMailer.Benchmarks;

/// <summary>A newsletter as a theme makes it: sections of one and two columns with text, pictures, buttons, links.</summary>
internal static class SampleMjml
{
    public static string Make(int sections, int links)
    {
        var text = new StringBuilder("""
            <mjml lang="en">
              <mj-head>
                <mj-title>The Harbour Letter</mj-title>
                <mj-preview>What the tide brought in this month</mj-preview>
                <mj-attributes><mj-all font-family="Georgia, serif" /><mj-text font-size="16px" line-height="1.5" color="#1c2a33" /><mj-class name="small" font-size="13px" /></mj-attributes>
                <mj-style>.quiet a { color: #5a6b75; } @media (prefers-color-scheme: dark) { .quiet a { color: #b9c6cd; } }</mj-style>
              </mj-head>
              <mj-body background-color="#f4f1ea" width="640px">

            """);
        for (int section = 0, link = 0; section < sections; section++)
        {
            var upTo = (section + 1) * links / sections;
            text.Append(CultureInfo.InvariantCulture, $"    <mj-section background-color=\"#ffffff\" padding=\"16px 24px\">\n      <mj-column{(section % 3 == 0 ? " width=\"60%\"" : "")}>\n");
            text.Append(CultureInfo.InvariantCulture, $"        <mj-text><h2>Story {section}</h2><p>The harbour office counted {section * 7} boats, <em>more</em> than in any spring before &amp; after.</p></mj-text>\n");
            for (; link < upTo; link++)
                text.Append(CultureInfo.InvariantCulture, $"        <mj-text mj-class=\"small\" css-class=\"quiet\">A sentence about the sea (<a href=\"https://example.org/{link}?a=1&amp;b=2\">The Gazette</a>)</mj-text>\n");
            if (section % 2 == 0) text.Append(CultureInfo.InvariantCulture, $"        <mj-button href=\"https://example.org/more/{section}\" background-color=\"#0b5563\">Read on</mj-button>\n");
            text.Append("      </mj-column>\n");
            if (section % 3 == 0) text.Append(CultureInfo.InvariantCulture, $"      <mj-column width=\"40%\"><mj-image src=\"https://example.org/{section}.jpg\" alt=\"Boats at the pier\" width=\"220px\" /></mj-column>\n");
            text.Append("    </mj-section>\n");
            if (section % 5 == 4) text.Append("    <mj-section><mj-column><mj-divider border-color=\"#d8d2c4\" border-width=\"1px\" /><mj-spacer height=\"8px\" /></mj-column></mj-section>\n");
        }
        return text.Append("  </mj-body>\n</mjml>\n").ToString();
    }
}
