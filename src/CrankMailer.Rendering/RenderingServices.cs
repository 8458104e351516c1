using CrankMailer.Rendering.Mails;
using CrankMailer.Rendering.Themes;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Rendering;

/// <summary>Registers this stage.</summary>
public static class RenderingServices
{
    /// <param name="services">Where to register.</param>
    /// <param name="templates">The folder <c>templates</c>: <c>themes/</c> and <c>mails/</c> lie in it.</param>
    /// <param name="options">What all editions of this installation are rendered with.</param>
    public static IServiceCollection AddRendering(this IServiceCollection services, string templates, RenderOptions? options = null) => services
        .AddSingleton(options ?? RenderOptions.Default)
        .AddSingleton<IssueRenderer>()
        .AddSingleton(new ThemeCatalog(Path.Combine(templates, "themes")))
        .AddSingleton(new MailRenderer(Path.Combine(templates, "mails")));
}
