using CrankMailer.Mail.Dkim;
using CrankMailer.Mail.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrankMailer.Mail;

public static class MailServices
{
    /// <summary>What of this project is the same for all: rules, receivers, verifier. Relay clients and listeners are made from
    /// their settings by who owns them.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => ReplyRules.Default);
        services.TryAddSingleton(_ => Receivers.Default);
        services.TryAddSingleton<DkimVerifier>();
        return services;
    }
}
