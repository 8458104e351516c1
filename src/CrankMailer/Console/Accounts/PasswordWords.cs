using Microsoft.AspNetCore.Identity;

namespace CrankMailer.Console.Accounts;

/// <summary>What is wrong with a password, in words that help to choose another.</summary>
internal static class PasswordWords
{
    public static string Of(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.PasswordTooShort) => "Use at least 10 characters: a few words in a row are easy to keep in mind.",
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => "Use more different characters.",
        _ => error.Description,
    };
}
