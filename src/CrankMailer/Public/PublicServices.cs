using Microsoft.Extensions.Options;

namespace CrankMailer.Public;

/// <summary>The readers' half of the host: pages without scripts or cookies (design §8).</summary>
internal static class PublicServices
{
    /// <param name="services">Where to register.</param>
    /// <param name="templates">The folder <c>templates</c>: <c>pages/</c> lies in it.</param>
    public static IServiceCollection AddPublicPages(this IServiceCollection services, string templates)
    {
        services.AddSingleton(provider => new PageTemplates(Path.Combine(templates, "pages")));
        services.AddSingleton<PublicationDirectory>();
        services.AddScoped<Archive>().AddScoped<CorrectedEdition>();
        services.AddScoped<Pages>();
        services.AddSingleton<AnswerTime>();
        services.AddHttpContextAccessor();
        return services;
    }

    /// <summary>Must come before routing: a publication's own address is turned into the paths of our routes.</summary>
    public static void UsePublicAddresses(this WebApplication app)
    {
        app.UseMiddleware<PublicAddresses>();
        app.UseRouting();
    }

    public static void MapPublicPages(this IEndpointRouteBuilder app)
    {
        app.MapFront();
        app.MapSignUp();
        app.MapConfirm();
        app.MapPreferences();
        app.MapUnsubscribe();
        app.MapArchive();
        app.MapFeeds();
        app.MapFiles();
    }
}
