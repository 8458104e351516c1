namespace CrankMailer.Tests.Delivery;

/// <summary>A small edition as phase 1 leaves it: personal holes stand in it as Scriban code.</summary>
internal static class Samples
{
    public const string Text =
        """
        Harbor Brief

        Hello {{ subscriber.first_name ?? "reader" }},

        .A line that begins with a dot, and a café.

        View online: {{ links.view_online }}
        Preferences: {{ links.preferences }}
        Unsubscribe: {{ links.unsubscribe }}
        Harbor Institute, 1 Pier Road, Port Example
        """;

    public static string Html(string lang) =>
        $$$"""
        <!doctype html>
        <html lang="{{{lang}}}"><head><meta charset="utf-8"><title>Harbor Brief</title></head>
        <body><table role="presentation" width="640"><tr><td>
        <h1>Harbor Brief</h1>
        <p>Hello {{ subscriber.first_name ?? "reader" }}, a quiet summit and a café.</p>
        {{ if subscriber.first_name }}<p>We know your name.</p>{{ else }}<p>We do not know your name.</p>{{ end }}
        <p><a href="{{ links.view_online }}">View online</a> <a href="{{ links.preferences }}">Preferences</a> <a href="{{ links.unsubscribe }}">Unsubscribe</a></p>
        <p>Harbor Institute, 1 Pier Road, Port Example</p>
        </td></tr></table></body></html>
        """;
}
