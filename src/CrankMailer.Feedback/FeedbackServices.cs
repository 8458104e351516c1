using CrankMailer.Feedback.Handling;
using CrankMailer.Feedback.Listening;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using CrankMailer.Model;
using CrankMailer.Model.Audience;

namespace CrankMailer.Feedback;

public static class FeedbackServices
{
    /// <summary>The one handler of everything that comes back. The host adds the model and the database.</summary>
    public static IServiceCollection AddFeedback(this IServiceCollection services)
    {
        services.AddScoped<Subjects>().AddScoped<Evidence>().AddScoped<DeliveryMoves>().AddScoped<Consequences>().AddScoped<FeedbackAlerts>();
        services.AddScoped(p => new FeedbackHandler(
            p.GetRequiredService<CrankDb>(), p.GetRequiredService<Subjects>(), p.GetRequiredService<Evidence>(), p.GetRequiredService<DeliveryMoves>(),
            p.GetRequiredService<Consequences>(), p.GetRequiredService<FeedbackAlerts>(), p.GetRequiredService<AddressHashers>(), p.GetRequiredService<ILogger<FeedbackHandler>>()));
        services.AddScoped(p => new SoftBounces(p.GetRequiredService<CrankDb>(), p.GetRequiredService<Consequences>(), p.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>The SMTP listener of a process that runs jobs; it only listens where settings say so. Needs <see cref="AddFeedback"/>.</summary>
    public static IServiceCollection AddFeedbackListener(this IServiceCollection services)
    {
        services.AddOptions<FeedbackOptions>().BindConfiguration(FeedbackOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<BounceMailHandler>();
        services.AddHostedService<BounceListener>();
        return services;
    }
}
