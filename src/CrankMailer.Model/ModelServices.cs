using CrankMailer.Model.Audience;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Storage;
using CrankMailer.Model.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CrankMailer.Model;

public static class ModelServices
{
    /// <summary>Tokens and the key ring. The database itself is added by <c>AddSqliteCrankDb</c> or <c>AddPostgresCrankDb</c>.</summary>
    public static IServiceCollection AddModel(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddDataProtection().SetApplicationName("CrankMailer");
        services.AddSingleton<ProtectionKeyRepository>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<ProtectionKeyRepository>()));
        services.AddSingleton<TokenRings>();
        services.AddSingleton<PublicationSecrets>();
        services.AddSingleton<AddressHashers>();
        services.AddScoped<OneTimeTokens>();
        return services;
    }
}
