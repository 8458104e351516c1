using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CrankMailer.Console.Shell;

/// <summary>Addresses of our own style sheet, scripts and icons with a hash of their content, so that a browser keeps them until they change.</summary>
internal sealed class Assets(IWebHostEnvironment environment)
{
    private readonly ConcurrentDictionary<string, string> _hrefs = new();

    /// <param name="name">Path below wwwroot/assets.</param>
    public string Href(string name) => environment.IsDevelopment() ? Make(name) : _hrefs.GetOrAdd(name, Make);

    private string Make(string name)
    {
        var file = environment.WebRootFileProvider.GetFileInfo($"assets/{name}");
        if (!file.Exists) throw new InvalidOperationException($"There is no wwwroot/assets/{name}.");
        using var stream = file.CreateReadStream();
        return $"/assets/{name}?v={Convert.ToHexStringLower(SHA256.HashData(stream))[..12]}";
    }
}
