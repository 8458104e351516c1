using CrankMailer.Rendering.Mails;
using CrankMailer.Rendering.Themes;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Rendering;

/// <summary>Registers this stage.</summary>
public static class RenderingServices
{
    /// <param name="services">Where to register.</param>
    /// <param name="templates">The folder <c>templates</c>: <c>themes/</c> and <c>mails/</c> lie in it.</param>
    public static IServiceCollection AddRendering(this IServiceCollection services, string templates) => services
        .AddSingleton<IssueRenderer>()
        .AddSingleton(new ThemeCatalog(Path.Combine(templates, "themes")))
        .AddSingleton(new MailRenderer(Path.Combine(templates, "mails")));
}
