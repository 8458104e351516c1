using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CrankMailer.Console.Shell;

/// <summary>
/// What a person searched for, sealed for the address of the page that shows the result. Addresses of readers must not stand in URLs: proxies log them,
/// browsers remember them, referrers carry them on. A search is posted and redirected to <c>?find=…</c>, which works as a link for whoever is signed in.
/// </summary>
internal sealed class SealedWords(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("CrankMailer.Search");

    public string Seal(string words) => _protector.Protect(words.Trim());

    /// <summary>Null where there is nothing, or nothing of ours.</summary>
    public string? Open(string? find)
    {
        try
        {
            return string.IsNullOrEmpty(find) || _protector.Unprotect(find) is not { Length: > 0 } words ? null : words;
        }
        catch (CryptographicException)
        {
            return null; // of another installation, or made up
        }
    }

    /// <summary>The page's path with what is looked for; the bare path where nothing is.</summary>
    public string Href(string path, string? words) =>
        string.IsNullOrWhiteSpace(words) ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}find={Seal(words)}";
}
