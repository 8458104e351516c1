using CrankMailer.Console.Accounts;
using CrankMailer.Console.Pages.Audience;
using CrankMailer.Console.Pages.Ops;
using CrankMailer.Console.Pages.Outbox;
using CrankMailer.Console.Pages.Settings;
using CrankMailer.Console.Pages.Editor;
using CrankMailer.Console.Pages.Editor.Forms;
using CrankMailer.Console.Pages.Editor.Preview;
using CrankMailer.Console.Shell;
using CrankMailer.Machine;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;

namespace CrankMailer.Console;

/// <summary>The signed-in half of the host: server-rendered Razor components (design §10).</summary>
internal static class ConsoleServices
{
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = ShellCookies.Antiforgery;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        // An issue of a hundred briefs with their sources has some two thousand fields.
        services.Configure<FormOptions>(options => options.ValueCountLimit = 20_000);
        AddAccounts(services);
        services.AddSingleton<Assets>().AddSingleton<SealedWords>();
        services.AddScoped<CampaignAudience>().AddScoped<AuditLog>().AddScoped<Alerts>().AddScoped<Nodes>().AddScoped<SettingsDesk>();
        services.AddScoped<IssuePreview>().AddScoped<PreviewReaders>().AddScoped<PictureFields>();
        services.AddAudiencePages();
        services.AddScoped<Viewer>().AddScoped<CurrentPublication>().AddScoped<ShellStatus>().AddScoped<Flash>();
        return services;
    }

    public static void MapConsole(this WebApplication app)
    {
        app.UseConsoleErrors();
        app.UseSecurityHeaders();
        app.UseAssets();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapRazorComponents<App>();
        app.MapShell();
        app.MapLiveBooks();
        app.MapOutbox();
        app.MapEditor();
        app.MapAudience();
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddAccountCore()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<UserClaims>()
            .AddDefaultTokenProviders();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = ShellCookies.SignIn;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.LoginPath = "/sign-in";
            options.ReturnUrlParameter = "next";
            options.ExpireTimeSpan = TimeSpan.FromDays(14);
            options.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        // A removed or changed account is seen within a minute, not only after the cookie's end.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        var policies = services.AddAuthorizationBuilder();
        foreach (var what in Can.All) policies.AddPolicy(what, p => p.RequireAuthenticatedUser().RequireAssertion(c => Can.Do(UserClaims.RolesOf(c.User), what)));
        services.AddScoped<SetUp>().AddScoped<RelayDesk>().AddScoped<RelayTrial>();
    }
}
