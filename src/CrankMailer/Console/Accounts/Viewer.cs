using System.Globalization;
using System.Security.Claims;
using CrankMailer.Model.Accounts;

namespace CrankMailer.Console.Accounts;

/// <summary>The person of this request, from the sign-in cookie.</summary>
internal sealed class Viewer(IHttpContextAccessor http)
{
    private static readonly (Roles Role, string Word)[] Words =
    [
        (Roles.Owner, "Owner"), (Roles.Chief, "Editor-in-chief"), (Roles.Operator, "Operator"), (Roles.Editor, "Editor"), (Roles.Reader, "Reader"),
    ];

    private ClaimsPrincipal? User => http.HttpContext?.User;

    public bool SignedIn => User?.Identity?.IsAuthenticated == true;

    /// <summary>Null where nobody is signed in.</summary>
    public int? Id => int.TryParse(User?.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;

    public string Name => User?.FindFirstValue(UserClaims.Name) ?? "";

    public Roles Roles => UserClaims.RolesOf(User);

    /// <summary>The weightiest role in words.</summary>
    public string RoleText => Array.Find(Words, w => Roles.HasFlag(w.Role)).Word ?? "";

    /// <param name="what">A constant of <see cref="Accounts.Can"/>.</param>
    public bool May(string what) => Can.Do(Roles, what);
}
