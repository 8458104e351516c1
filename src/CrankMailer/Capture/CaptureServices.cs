namespace CrankMailer.Capture;

internal static class CaptureServices
{
    /// <summary>The outbox, and in capture mode what fills it: every mail is caught instead of sent (design §3). Registered before the pump, so that its relay is there first.</summary>
    public static IServiceCollection AddCapture(this IServiceCollection services, bool capture)
    {
        services.AddScoped<Outbox>();
        if (!capture) return services;
        services.AddSingleton<CaughtMails>();
        services.AddHostedService(provider => provider.GetRequiredService<CaughtMails>());
        services.AddHostedService<CaptureRelay>();
        return services;
    }
}
