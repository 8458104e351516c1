using Microsoft.AspNetCore.Identity;

namespace CrankMailer.Model.Accounts;

/// <summary>What a person of the console may do (design §10). Several at once.</summary>
[Flags]
public enum Roles
{
    None = 0,

    /// <summary>Sees.</summary>
    Reader = 1,

    /// <summary>Writes.</summary>
    Editor = 2,

    /// <summary>Approves.</summary>
    Chief = 4,

    /// <summary>Sends; audience, settings.</summary>
    Operator = 8,
    Owner = 16,
}

/// <summary>A person who signs in to the console.</summary>
public sealed class User : IdentityUser<int>
{
    public string Name { get; set; } = "";
    public Roles Roles { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
