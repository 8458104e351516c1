using CrankMailer.Model.Accounts;

namespace CrankMailer.Console.Accounts;

/// <summary>What a person may do, as authorization policies: <c>[Authorize(Policy = Can.Write)]</c>. Each names the roles that may (design §10).</summary>
internal static class Can
{
    public const string See = "see";
    public const string Write = "write";
    public const string Approve = "approve";
    public const string Operate = "operate";
    public const string Own = "own";

    private static readonly Dictionary<string, Roles> Allowed = new()
    {
        [See] = Roles.Reader | Roles.Editor | Roles.Chief | Roles.Operator | Roles.Owner,
        [Write] = Roles.Editor | Roles.Chief | Roles.Owner,
        [Approve] = Roles.Chief | Roles.Owner,
        [Operate] = Roles.Operator | Roles.Owner,
        [Own] = Roles.Owner,
    };

    public static IEnumerable<string> All => Allowed.Keys;

    /// <param name="what">One of the constants above.</param>
    public static bool Do(Roles roles, string what) => (roles & Allowed[what]) != 0;
}
