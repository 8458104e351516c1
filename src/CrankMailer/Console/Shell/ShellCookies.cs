namespace CrankMailer.Console.Shell;

/// <summary>The cookies of the signed-in half; public pages set none.</summary>
internal static class ShellCookies
{
    public const string SignIn = "crank.sign-in";
    public const string Antiforgery = "crank.form";

    /// <summary>Slug of the publication the person works on.</summary>
    public const string Publication = "crank.publication";

    /// <summary><c>light</c> or <c>dark</c>; absent follows the system.</summary>
    public const string Theme = "crank.theme";

    /// <summary>What the next page says once.</summary>
    public const string Flash = "crank.flash";

    public static CookieOptions Kept(HttpContext http, TimeSpan? life = null) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        MaxAge = life,
        Path = "/",
    };
}
