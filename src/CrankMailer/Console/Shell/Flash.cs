using System.Security.Cryptography;
using System.Text.Json;
using CrankMailer.Console.Shared;
using Microsoft.AspNetCore.DataProtection;

namespace CrankMailer.Console.Shell;

/// <summary>A sentence that outlives one redirect: said after a form post, shown once by the next page.</summary>
internal sealed class Flash(IHttpContextAccessor http, IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("CrankMailer.Flash");
    private readonly List<Said> _said = [];

    /// <summary>Say it before the redirect.</summary>
    public void Say(string text, Tone tone = Tone.Good)
    {
        if (http.HttpContext is not { } context) return;
        _said.Add(new Said(text, tone));
        context.Response.Cookies.Append(ShellCookies.Flash, _protector.Protect(JsonSerializer.Serialize(_said)), ShellCookies.Kept(context, TimeSpan.FromMinutes(1)));
    }

    /// <summary>What was said; gone afterwards.</summary>
    public IReadOnlyList<Said> Take()
    {
        if (http.HttpContext is not { } context || context.Request.Cookies[ShellCookies.Flash] is not { } cookie) return [];
        if (!context.Response.HasStarted) context.Response.Cookies.Delete(ShellCookies.Flash, ShellCookies.Kept(context));
        try
        {
            return JsonSerializer.Deserialize<List<Said>>(_protector.Unprotect(cookie)) ?? [];
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return []; // a cookie of another installation, or made up
        }
    }
}

internal sealed record Said(string Text, Tone Tone);
