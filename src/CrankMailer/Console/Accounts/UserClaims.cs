using System.Globalization;
using System.Security.Claims;
using CrankMailer.Model.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CrankMailer.Console.Accounts;

/// <summary>Puts name and roles into the sign-in cookie; a changed role is seen when the security stamp is checked again (one minute).</summary>
internal sealed class UserClaims(UserManager<User> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<User>(users, options)
{
    public const string Name = "crank:name";
    private const string RolesClaim = "crank:roles";

    public static Roles RolesOf(ClaimsPrincipal? user) =>
        int.TryParse(user?.FindFirstValue(RolesClaim), CultureInfo.InvariantCulture, out var roles) ? (Roles)roles : Roles.None;

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(Name, user.Name.Length > 0 ? user.Name : user.UserName ?? ""));
        identity.AddClaim(new Claim(RolesClaim, ((int)user.Roles).ToString(CultureInfo.InvariantCulture)));
        return identity;
    }
}
