using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using Microsoft.AspNetCore.Identity;

namespace CrankMailer.Console.Accounts;

/// <summary>People of the console without the web: what the pages and <c>user add</c> both stand on.</summary>
internal static class AccountServices
{
    /// <returns>For what only the pages need: signing in, and tokens that data protection seals.</returns>
    public static IdentityBuilder AddAccountCore(this IServiceCollection services)
    {
        services.AddScoped<SignInLinks>();
        return services.AddIdentityCore<User>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = ""; // the user name is the e-mail address, which may hold any letter
                // NIST SP 800-63B: length counts, rules of composition do harm.
                options.Password = new PasswordOptions
                {
                    RequiredLength = 10, RequiredUniqueChars = 4, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false,
                };
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddEntityFrameworkStores<CrankDb>();
    }
}
