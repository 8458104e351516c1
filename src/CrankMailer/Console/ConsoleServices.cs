namespace CrankMailer.Console;

/// <summary>The signed-in half of the host: server-rendered Razor components (design §10).</summary>
internal static class ConsoleServices
{
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery();
        return services;
    }

    public static void MapConsole(this WebApplication app)
    {
        app.UseAntiforgery();
    }
}
