using System.CommandLine;
using CrankMailer.Console.Accounts;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using Microsoft.AspNetCore.Identity;

namespace CrankMailer.Commands;

/// <summary><c>user add</c> and <c>user reset</c>: both print a one-time sign-in link, so that no password stands in a shell's history.</summary>
internal static class UserCommand
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(24);
    private static readonly Option<string?> Data = CommonOptions.Data();
    private static readonly Argument<string> Email = new("email") { Description = "The person's e-mail address; also the name to sign in with." };
    private static readonly Option<string?> PersonName = new("--name") { Description = "The person's name." };
    private static readonly Option<string[]> RoleNames = new("--role") { Description = "reader, editor, chief, operator or owner; may be given several times.", DefaultValueFactory = _ => ["editor"] };
    private static readonly Option<string> Site = new("--site") { Description = "Address of the console, for the link.", DefaultValueFactory = _ => CommonOptions.DefaultUrl };

    public static Command Create()
    {
        var add = new Command("add", "Add a person to the console. Example: crankmailer user add ada@example.org --name Ada --role editor") { Email, PersonName, RoleNames, Site, Data };
        add.SetAction(AddAsync);
        var reset = new Command("reset", "Make a new one-time sign-in link. Example: crankmailer user reset ada@example.org") { Email, Site, Data };
        reset.SetAction(ResetAsync);
        return new Command("user", "People of the console.") { add, reset };
    }

    private static async Task<int> AddAsync(ParseResult result, CancellationToken ct)
    {
        var roles = Roles.None;
        foreach (var name in result.GetValue(RoleNames) ?? [])
        {
            if (!Enum.TryParse<Roles>(name, ignoreCase: true, out var role) || role == Roles.None) return Report.Refuse($"'{name}' is no role: reader, editor, chief, operator or owner.");
            roles |= role;
        }
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var email = result.GetRequiredValue(Email);
        var user = new User
        {
            UserName = email, Email = email, Name = result.GetValue(PersonName) ?? email, Roles = roles,
            CreatedAt = host.Services.GetRequiredService<TimeProvider>().Instant(),
        };
        var made = await host.Services.GetRequiredService<UserManager<User>>().CreateAsync(user);
        if (made.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.DuplicateEmail)))
            return Report.Refuse($"{email} has an account already: make a new sign-in link with 'crankmailer user reset {email}'.");
        if (!made.Succeeded) return Report.Refuse(string.Join(" ", made.Errors.Select(e => e.Description)));
        await PrintLinkAsync(host, user, result.GetValue(Site), ct);
        return ExitCodes.Done;
    }

    private static async Task<int> ResetAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var user = await host.Services.GetRequiredService<UserManager<User>>().FindByEmailAsync(result.GetRequiredValue(Email));
        if (user is null) return Report.Refuse("there is nobody with this address.");
        await PrintLinkAsync(host, user, result.GetValue(Site), ct);
        return ExitCodes.Done;
    }

    private static async Task PrintLinkAsync(CommandHost host, User user, string? site, CancellationToken ct)
    {
        var path = await host.Services.GetRequiredService<SignInLinks>().MakeAsync(user.Id, LinkLife, ct);
        System.Console.Out.WriteLine($"{user.Name} signs in once within 24 hours at\n{site?.TrimEnd('/')}{path}");
    }
}
