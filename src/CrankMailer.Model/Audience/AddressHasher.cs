using System.Security.Cryptography;
using System.Text;

namespace CrankMailer.Model.Audience;

/// <summary>The keyed hash by which suppression knows an address without holding it. The key belongs to the installation for ever.</summary>
public sealed class AddressHasher(byte[] key)
{
    /// <param name="normalizedEmail">As <see cref="Subscriber.NormalizedEmail"/>.</param>
    /// <returns>32 octets.</returns>
    public byte[] Hash(string normalizedEmail) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(normalizedEmail));
}
