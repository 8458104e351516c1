using CrankMailer.Audience.Export;
using CrankMailer.Audience.Guard;
using CrankMailer.Audience.Import;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Audience;

public static class AudienceServices
{
    /// <summary>Sign-up, consent, preferences, import, suppression. The host adds the model, the database and the renderer of mails.</summary>
    public static IServiceCollection AddAudience(this IServiceCollection services)
    {
        services.AddOptions<AudienceOptions>().BindConfiguration(AudienceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FormGuard>().AddSingleton<SystemMails>();
        services.AddScoped<ConsentLog>().AddScoped<SystemOutbox>().AddScoped<PreferencesMails>().AddScoped<Confirmations>();
        services.AddScoped<SignUp>().AddScoped<Confirm>().AddScoped<Preferences>().AddScoped<Unsubscribe>().AddScoped<FreshLink>();
        services.AddScoped<Suppressions>().AddScoped<People>().AddScoped<Lists>().AddScoped<SubscriberImport>().AddScoped<SubscriberExport>();
        return services;
    }
}
