using CrankMailer.Console.Accounts;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Console.Shell;

/// <summary>What the shell itself posts: sign out, another publication, light or dark. Binding a form checks the antiforgery token.</summary>
internal static class ShellEndpoints
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static void MapShell(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-out", SignOutAsync).RequireAuthorization();
        app.MapPost("/settings/current-publication", SwitchAsync).RequireAuthorization(Can.See);
        app.MapPost("/settings/theme", Theme).RequireAuthorization();
    }

    internal static async Task<RedirectHttpResult> SignOutAsync(IFormCollection form, SignInManager<User> signIn)
    {
        _ = form; // bound so that the token is checked
        await signIn.SignOutAsync();
        return TypedResults.Redirect("/sign-in");
    }

    internal static async Task<RedirectHttpResult> SwitchAsync([FromForm] string slug, [FromForm] string? back, HttpContext http, CrankDb db, CancellationToken ct)
    {
        if (await db.Publications.AnyAsync(p => p.Slug == slug, ct)) http.Response.Cookies.Append(ShellCookies.Publication, slug, ShellCookies.Kept(http, Year));
        return TypedResults.Redirect(LocalUrl.Or(back, "/editor"));
    }

    internal static RedirectHttpResult Theme([FromForm] string? theme, HttpContext http)
    {
        if (theme is "light" or "dark") http.Response.Cookies.Append(ShellCookies.Theme, theme, ShellCookies.Kept(http, Year));
        else http.Response.Cookies.Delete(ShellCookies.Theme, ShellCookies.Kept(http));
        return TypedResults.Redirect(LocalUrl.FromReferrer(http, "/editor"));
    }
}
