using CrankMailer.Feedback.Handling;
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
        return services;
    }
}
