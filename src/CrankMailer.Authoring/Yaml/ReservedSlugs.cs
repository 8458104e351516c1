namespace CrankMailer.Authoring.Yaml;

/// <summary>First segments of our own routes (design §8): no publication may be called so.</summary>
public static class ReservedSlugs
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "confirm", "preferences", "u", "view", "c", "o", "m", "robots.txt", "review", // public pages
        "editor", "audience", "ops", "settings", "sign-in", "sign-out", "setup", "outbox", // console
        "api", "openapi", "hooks", "health", "metrics", // machines
        "favicon.ico", "sitemap.xml", ".well-known", "_framework", "_content", "assets", "css", "js", // files the host serves
    };

    public static bool Contains(string slug) => Words.Contains(slug);
}
