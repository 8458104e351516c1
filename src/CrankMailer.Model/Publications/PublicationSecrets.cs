using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace CrankMailer.Model.Publications;

/// <summary>The one way signing keys and relay passwords are wrapped for their rows: who writes and who reads must use the same.</summary>
public sealed class PublicationSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _keys = protection.CreateProtector("CrankMailer.DkimKey");
    private readonly IDataProtector _passwords = protection.CreateProtector("CrankMailer.RelayPassword");

    /// <param name="pem">PKCS#8 in PEM, as <c>DkimKey.ToPem</c> writes it.</param>
    /// <returns>For <see cref="DkimKeyRow.PrivateKey"/>.</returns>
    public byte[] WrapKey(string pem) => _keys.Protect(Encoding.ASCII.GetBytes(pem));

    /// <returns>PKCS#8 in PEM, for <c>DkimKey.FromPem</c>.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The row was written by another installation's key ring.</exception>
    public string UnwrapKey(DkimKeyRow row) => Encoding.ASCII.GetString(_keys.Unprotect(row.PrivateKey));

    /// <returns>For <see cref="RelayRow.Password"/> and <see cref="RelayRow.ClientSecret"/>.</returns>
    public byte[] WrapPassword(string password) => _passwords.Protect(Encoding.UTF8.GetBytes(password));

    /// <returns>Null where the relay has none.</returns>
    public string? UnwrapPassword(RelayRow row) => Unwrap(row.Password);

    /// <returns>Null where the relay has none. Wrapped by <see cref="WrapPassword"/>, too.</returns>
    public string? UnwrapClientSecret(RelayRow row) => Unwrap(row.ClientSecret);

    private string? Unwrap(byte[]? wrapped) => wrapped is null ? null : Encoding.UTF8.GetString(_passwords.Unprotect(wrapped));
}
